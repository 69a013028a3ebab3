import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useCall } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useLanguage, useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To } from "../../parts/links.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { Problem } from "../../parts/problem.tsx";
import { TagsTable, tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages as usedBy } from "../../parts/used-by/messages.ts";
import { UsedBy } from "../../parts/used-by/used-by.tsx";
import { DeleteSecret } from "./delete-secret.tsx";
import { EditDescription } from "./edit-description.tsx";
import { messages } from "./messages.ts";
import { ResourcePolicy } from "./resource-policy.tsx";
import { RotationTab } from "./rotation-tab.tsx";
import type { Secret } from "./secret.ts";
import { CurrentValue } from "./secret-values.tsx";
import { Versions } from "./versions.tsx";

export default function SecretPage() {
  const t = useMessages(messages);
  const u = useMessages(usedBy);
  const words = useMessages(common);
  const { id = "" } = useParams();
  const [dialog, setDialog] = useState<string>();
  const read = useCall("secretsmanager", "DescribeSecret", { SecretId: id });
  const secret = read.data;
  const close = () => setDialog(undefined);
  return (
    <>
      <DetailsPage<Secret>
        title={secret?.Name ?? id}
        breadcrumbs={[
          { text: t.service, to: "/secretsmanager/secrets" },
          { text: t.secrets, to: "/secretsmanager/secrets" },
        ]}
        read={read}
        actions={({ DeletedDate }) =>
          DeletedDate === undefined && (
            <ButtonDropdown
              items={[
                { id: "description", text: t.editDescription },
                { id: "delete", text: words.delete },
              ]}
              onItemClick={({ detail }) => setDialog(detail.id)}
            >
              {words.actions}
            </ButtonDropdown>
          )
        }
      >
        {(found) => (
          <>
            {found.DeletedDate !== undefined && <ScheduledForDeletion secret={found} />}
            <SecretDetails secret={found} />
            {found.DeletedDate === undefined && (
              <PageTabs
                tabs={[
                  {
                    id: "overview",
                    label: t.overview,
                    content: (
                      <SpaceBetween size="l">
                        <CurrentValue secret={found} />
                        <ResourcePolicy arn={found.ARN ?? id} />
                      </SpaceBetween>
                    ),
                  },
                  { id: "rotation", label: t.rotation, content: <RotationTab secret={found} /> },
                  {
                    id: "used-by",
                    label: u.title,
                    content: <UsedBy arn={found.ARN ?? ""} />,
                  },
                  { id: "versions", label: t.versions, content: <Versions arn={found.ARN ?? id} /> },
                  {
                    id: "tags",
                    label: words.tags,
                    content: <TagsTable read={{ ...read, data: tagPairs(found.Tags) }} />,
                  },
                ]}
              />
            )}
          </>
        )}
      </DetailsPage>
      {secret && dialog === "delete" && <DeleteSecret secret={secret} onClose={close} />}
      {secret && dialog === "description" && <EditDescription secret={secret} onClose={close} />}
    </>
  );
}

function SecretDetails({ secret }: { readonly secret: Secret }) {
  const t = useMessages(messages);
  const key = secret.KmsKeyId;
  return (
    <Details
      title={t.secretDetails}
      items={[
        {
          label: t.encryptionKey,
          value: key ? (
            <To to={to.key(key)}>
              <Text>{key}</Text>
            </To>
          ) : (
            "aws/secretsmanager"
          ),
        },
        { label: t.name, value: <Copyable>{secret.Name}</Copyable> },
        { label: t.arn, value: <Copyable>{secret.ARN}</Copyable> },
        { label: t.describe, value: <Text>{secret.Description}</Text> },
        { label: t.createdOn, value: <Time at={secret.CreatedDate} /> },
        { label: t.lastChanged, value: <Time at={secret.LastChangedDate} seconds /> },
      ]}
    />
  );
}

function ScheduledForDeletion({ secret: { ARN = "", Name = "", DeletedDate = 0 } }: { readonly secret: Secret }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const language = useLanguage();
  const restore = useAction((api) => api.call("secretsmanager", "RestoreSecret", { SecretId: ARN }));
  async function run(): Promise<void> {
    if (await restore.run()) flash({ type: "success", text: t.restored(Name) });
  }
  const date = new Date(DeletedDate * 1_000).toLocaleDateString(language, { dateStyle: "long" });
  return (
    <>
      <Problem error={restore.error} onDismiss={restore.clear} />
      <Alert
        type="warning"
        header={t.deletionScheduled}
        action={
          <Button loading={restore.isRunning} onClick={() => void run()}>
            {t.cancelDeletion}
          </Button>
        }
      >
        {t.deletionScheduledText(date)}
      </Alert>
    </>
  );
}
