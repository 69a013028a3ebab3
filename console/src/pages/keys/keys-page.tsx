import type { KeyMetadata } from "@aws-sdk/client-kms";
import Button from "@cloudscape-design/components/button";
import Toggle from "@cloudscape-design/components/toggle";
import { useNavigate, useSearchParams } from "react-router";
import type { Api, CallOptions } from "../../api/client.ts";
import { ifDenied } from "../../api/error.ts";
import { chunks, everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { withParams } from "../../parts/table-address.ts";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { KeyStatus } from "./key-status.tsx";
import { messages } from "./messages.ts";

interface Shown {
  readonly key: Partial<Wire<KeyMetadata>>;
  readonly aliases: readonly string[];
}

/** Keys that are described at a time. */
const atOnce = 8;

async function readKeys(api: Api, options: CallOptions): Promise<readonly Shown[]> {
  const [keys, aliases] = await Promise.all([
    everyPage(api, "kms", "ListKeys", {}, "Keys", options),
    everyPage(api, "kms", "ListAliases", {}, "Aliases", options),
  ]);
  const shown: Shown[] = [];
  for (const some of chunks(keys, atOnce)) {
    const described = await Promise.all(
      some.map(async ({ KeyId = "", KeyArn = "" }) => {
        // A key's policy may forbid what IAM allows: such a key is listed without its state.
        const { KeyMetadata = { KeyId, Arn: KeyArn } } = await api
          .call("kms", "DescribeKey", { KeyId }, options)
          .catch(ifDenied({ KeyMetadata: undefined }));
        const own = aliases.filter(({ TargetKeyId }) => TargetKeyId === KeyId);
        return { key: KeyMetadata, aliases: own.map(({ AliasName = "" }) => AliasName) };
      }),
    );
    shown.push(...described);
  }
  return shown;
}

export default function KeysPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const withManaged = search.has("managed");
  const read = useRead(["kms", "keys"], readKeys);
  const create = (
    <Button variant="primary" onClick={() => void navigate("/kms/create-key")}>
      {t.createKey}
    </Button>
  );
  return (
    <Page title={t.keys} breadcrumbs={[{ text: t.service, to: "/kms/keys" }]} contentType="table">
      <ResourceTable<Shown>
        id="kms-keys"
        variant="full-page"
        title={t.keys}
        description={t.keysText}
        read={{ ...read, data: read.data?.filter(({ key }) => withManaged || key.KeyManager !== "AWS") }}
        trackBy={({ key }) => key.KeyId ?? ""}
        sortedBy={{ id: "aliases" }}
        filterPlaceholder={t.findKeys}
        empty={{ title: t.noKeys, text: t.keysText, action: create }}
        actions={() => create}
        filters={
          <Toggle
            checked={withManaged}
            onChange={({ detail }) =>
              setSearch(withParams(search, { managed: detail.checked ? "" : undefined }), { replace: true })
            }
          >
            {t.showManaged}
          </Toggle>
        }
        columns={[
          {
            id: "aliases",
            header: t.aliases,
            width: 260,
            value: ({ aliases }) => aliases.join(", ") || undefined,
            cell: ({ aliases, key }) =>
              aliases.length === 0 ? (
                "-"
              ) : (
                <To to={to.key(key.KeyId ?? "")}>
                  <Text>{aliases.join(", ")}</Text>
                </To>
              ),
          },
          {
            id: "id",
            header: t.keyId,
            isRowHeader: true,
            width: 340,
            value: ({ key }) => key.KeyId,
            cell: ({ key: { KeyId = "" } }) => (
              <To to={to.key(KeyId)}>
                <Text>{KeyId}</Text>
              </To>
            ),
          },
          {
            id: "status",
            header: words.status,
            width: 160,
            value: ({ key }) => key.KeyState,
            cell: ({ key }) => <KeyStatus state={key.KeyState} />,
          },
          {
            id: "spec",
            header: t.keySpec,
            width: 180,
            value: ({ key }) => key.KeySpec,
            cell: ({ key }) => <Text>{key.KeySpec}</Text>,
          },
          {
            id: "usage",
            header: t.keyUsage,
            width: 180,
            value: ({ key }) => key.KeyUsage,
            cell: ({ key }) => <Text>{key.KeyUsage}</Text>,
          },
          {
            id: "created",
            header: t.creationDate,
            isVisible: false,
            value: ({ key }) => key.CreationDate,
            cell: ({ key }) => <Time at={key.CreationDate} />,
          },
          {
            id: "description",
            header: words.description,
            isVisible: false,
            value: ({ key }) => key.Description,
            cell: ({ key }) => <Text>{key.Description}</Text>,
          },
        ]}
      />
    </Page>
  );
}
