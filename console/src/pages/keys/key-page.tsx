import type { KeyMetadata } from "@aws-sdk/client-kms";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall, useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { Problem } from "../../parts/problem.tsx";
import { TagsTable, tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { Aliases } from "./aliases.tsx";
import { KeyPolicy } from "./key-policy.tsx";
import { KeyStatus } from "./key-status.tsx";
import { messages } from "./messages.ts";
import { Rotation } from "./rotation.tsx";
import { ScheduleDeletion } from "./schedule-deletion.tsx";

export default function KeyPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { key: id = "" } = useParams();
  const read = useCall("kms", "DescribeKey", { KeyId: id });
  return (
    <DetailsPage<Partial<Wire<KeyMetadata>>>
      title={id}
      breadcrumbs={[
        { text: t.service, to: "/kms/keys" },
        { text: t.keys, to: "/kms/keys" },
      ]}
      read={{ ...read, data: read.data?.KeyMetadata }}
      actions={(key) => key.KeyManager !== "AWS" && <Actions metadata={key} />}
    >
      {(key) => {
        const keyId = key.KeyId ?? id;
        const isOwn = key.KeyManager !== "AWS";
        return (
          <>
            <Details
              title={words.details}
              items={[
                { label: "ARN", value: <Copyable>{key.Arn}</Copyable> },
                { label: words.status, value: <KeyStatus state={key.KeyState} /> },
                { label: words.description, value: <Text>{key.Description}</Text> },
                { label: t.keySpec, value: <Text>{key.KeySpec}</Text> },
                { label: t.keyUsage, value: <Text>{key.KeyUsage}</Text> },
                { label: t.origin, value: <Text>{key.Origin}</Text> },
                { label: t.manager, value: isOwn ? t.customer : "AWS" },
                { label: t.creationDate, value: <Time at={key.CreationDate} /> },
                key.DeletionDate === undefined
                  ? { label: t.multiRegion, value: key.MultiRegion ? words.yes : words.no }
                  : { label: t.deletionDate, value: <Time at={key.DeletionDate} /> },
              ]}
            />
            <PageTabs
              tabs={[
                { id: "policy", label: t.policy, content: <KeyPolicy keyId={keyId} isOwn={isOwn} /> },
                { id: "aliases", label: t.aliases, content: <Aliases keyId={keyId} isOwn={isOwn} /> },
                ...(key.KeySpec === "SYMMETRIC_DEFAULT"
                  ? [{ id: "rotation", label: t.rotation, content: <Rotation keyId={keyId} isOwn={isOwn} /> }]
                  : []),
                { id: "tags", label: words.tags, content: <Tags keyId={keyId} /> },
              ]}
            />
          </>
        );
      }}
    </DetailsPage>
  );
}

function Tags({ keyId }: { readonly keyId: string }) {
  const read = useList("kms", "ListResourceTags", { KeyId: keyId }, "Tags");
  return <TagsTable read={{ ...read, data: read.data && tagPairs(read.data) }} />;
}

function Actions({ metadata: { KeyId = "", KeyState } }: { readonly metadata: Partial<Wire<KeyMetadata>> }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [isScheduling, setScheduling] = useState(false);
  const change = useAction(async (api, operation: "EnableKey" | "DisableKey" | "CancelKeyDeletion") => {
    await api.call("kms", operation, { KeyId });
    return true;
  });
  async function run(operation: "EnableKey" | "DisableKey" | "CancelKeyDeletion", text: string): Promise<void> {
    if (await change.run(operation)) flash({ type: "success", text });
  }
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {KeyState === "Enabled" && (
          <Button loading={change.isRunning} onClick={() => void run("DisableKey", t.disabled)}>
            {t.disable}
          </Button>
        )}
        {KeyState === "Disabled" && (
          <Button loading={change.isRunning} onClick={() => void run("EnableKey", t.enabled)}>
            {t.enable}
          </Button>
        )}
        {KeyState === "PendingDeletion" ? (
          <Button loading={change.isRunning} onClick={() => void run("CancelKeyDeletion", t.cancelled)}>
            {t.cancelDeletion}
          </Button>
        ) : (
          <Button onClick={() => setScheduling(true)}>{t.scheduleDeletion}</Button>
        )}
      </SpaceBetween>
      <Problem error={change.error} onDismiss={change.clear} />
      {isScheduling && <ScheduleDeletion keyId={KeyId} onClose={() => setScheduling(false)} />}
    </SpaceBetween>
  );
}
