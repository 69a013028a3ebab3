import type { SecretListEntry } from "@aws-sdk/client-secrets-manager";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useNavigate, useSearchParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { withParams } from "../../parts/table-address.ts";
import { tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

export default function SecretsPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const withDeleted = search.has("deleted");
  const read = useList(
    "secretsmanager",
    "ListSecrets",
    { IncludePlannedDeletion: withDeleted, MaxResults: 100 },
    "SecretList",
  );
  const store = (
    <Button variant="primary" onClick={() => void navigate("/secretsmanager/new-secret")}>
      {t.storeNew}
    </Button>
  );
  return (
    <Page title={t.secrets} breadcrumbs={[{ text: t.service, to: "/secretsmanager/secrets" }]} contentType="table">
      <ResourceTable<Wire<SecretListEntry>>
        id="secrets"
        variant="full-page"
        title={t.secrets}
        read={read}
        trackBy={({ ARN = "" }) => ARN}
        filterPlaceholder={t.find}
        sortedBy={{ id: "name" }}
        empty={{ title: t.noSecrets, text: t.noSecretsText, action: store }}
        actions={() => store}
        filters={
          <Toggle
            checked={withDeleted}
            onChange={({ detail }) =>
              setSearch(withParams(search, { deleted: detail.checked ? "" : undefined }), { replace: true })
            }
          >
            {t.showDeleted}
          </Toggle>
        }
        columns={[
          {
            id: "name",
            header: t.name,
            isRowHeader: true,
            width: 320,
            value: ({ Name }) => Name,
            cell: ({ Name = "", ARN = "", DeletedDate }) => (
              <>
                <To to={to.secret(ARN)}>
                  <Text>{Name}</Text>
                </To>
                {DeletedDate !== undefined && (
                  <div>
                    <StatusIndicator type="pending">{t.deletionScheduled}</StatusIndicator>
                  </div>
                )}
              </>
            ),
          },
          {
            id: "description",
            header: t.describe,
            width: 260,
            value: ({ Description }) => Description,
            cell: ({ Description }) => <Text>{Description}</Text>,
          },
          {
            id: "accessed",
            header: t.lastAccessed,
            width: 180,
            value: ({ LastAccessedDate }) => LastAccessedDate,
            cell: ({ LastAccessedDate }) => <Time at={LastAccessedDate} />,
          },
          {
            id: "rotation",
            header: t.rotation,
            width: 140,
            value: ({ RotationEnabled }) => Number(RotationEnabled ?? false),
            cell: ({ RotationEnabled }) => <RotationStatus isEnabled={RotationEnabled ?? false} />,
          },
          {
            id: "changed",
            header: t.lastChanged,
            width: 180,
            value: ({ LastChangedDate }) => LastChangedDate,
            cell: ({ LastChangedDate }) => <Time at={LastChangedDate} />,
          },
          {
            id: "created",
            header: t.createdOn,
            width: 180,
            isVisible: false,
            value: ({ CreatedDate }) => CreatedDate,
            cell: ({ CreatedDate }) => <Time at={CreatedDate} />,
          },
          {
            id: "tags",
            header: words.tags,
            isVisible: false,
            value: ({ Tags }) => tagText(Tags),
            cell: ({ Tags }) => <Text>{tagText(Tags)}</Text>,
          },
        ]}
      />
    </Page>
  );
}

function tagText(tags: readonly object[] | undefined): string {
  return tagPairs(tags)
    .map(({ key, value }) => `${key}=${value}`)
    .join(", ");
}

function RotationStatus({ isEnabled }: { readonly isEnabled: boolean }) {
  const t = useMessages(messages);
  return isEnabled ? (
    <StatusIndicator type="success">{t.enabled}</StatusIndicator>
  ) : (
    <StatusIndicator type="stopped">{t.disabled}</StatusIndicator>
  );
}
