import type { SecretVersionsListEntry } from "@aws-sdk/client-secrets-manager";
import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { SecretValue } from "../../parts/secret-value.tsx";
import { isolated } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";
import { type Revealed, reveal, ShownValue } from "./secret-values.tsx";

/** Every version with its staging labels; a value is read when it is asked for. */
export function Versions({ arn }: { readonly arn: string }) {
  const t = useMessages(messages);
  const read = useList(
    "secretsmanager",
    "ListSecretVersionIds",
    { SecretId: arn, IncludeDeprecated: true, MaxResults: 100 },
    "Versions",
  );
  return (
    <ResourceTable<Wire<SecretVersionsListEntry>>
      id="secret-versions"
      title={t.versions}
      description={t.retrieveText}
      read={read}
      trackBy={({ VersionId = "" }) => VersionId}
      sortedBy={{ id: "created", isDescending: true }}
      empty={{ title: t.versions }}
      columns={[
        {
          id: "id",
          header: t.versionId,
          isRowHeader: true,
          width: 340,
          value: ({ VersionId }) => VersionId,
          cell: ({ VersionId }) => <Copyable>{VersionId}</Copyable>,
        },
        {
          id: "stages",
          header: t.stages,
          width: 200,
          value: ({ VersionStages }) => VersionStages?.join(" "),
          cell: ({ VersionStages = [] }) => (
            <SpaceBetween direction="horizontal" size="xxs">
              {VersionStages.map((stage) => (
                <Badge key={stage} color={stage === "AWSCURRENT" ? "green" : stage === "AWSPENDING" ? "blue" : "grey"}>
                  {isolated(stage)}
                </Badge>
              ))}
            </SpaceBetween>
          ),
        },
        {
          id: "created",
          header: t.createdOn,
          width: 200,
          value: ({ CreatedDate }) => CreatedDate,
          cell: ({ CreatedDate }) => <Time at={CreatedDate} seconds />,
        },
        {
          id: "accessed",
          header: t.lastAccessed,
          width: 180,
          value: ({ LastAccessedDate }) => LastAccessedDate,
          cell: ({ LastAccessedDate }) => <Time at={LastAccessedDate} />,
        },
        {
          id: "value",
          header: t.secretValue,
          width: 300,
          cell: ({ VersionId = "" }) => (
            <SecretValue<Revealed>
              of={`${arn}:${VersionId}`}
              showText={t.retrieve}
              reveal={(api) => reveal(api, arn, VersionId)}
            >
              {(revealed) => <ShownValue revealed={revealed} />}
            </SecretValue>
          ),
        },
      ]}
    />
  );
}
