import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useLanguage, useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { bytes } from "./bytes.ts";
import { DeleteGroups } from "./delete-groups.tsx";
import { EditRetention } from "./edit-retention.tsx";
import { messages } from "./messages.ts";

export default function LogGroupsPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState<readonly string[]>();
  const [edited, setEdited] = useState<Wire<LogGroup>>();
  const read = useList("logs", "DescribeLogGroups", {}, "logGroups", { live: 15_000 });
  const create = (
    <Button variant="primary" onClick={() => void navigate("/cloudwatch/create-log-group")}>
      {t.createGroup}
    </Button>
  );
  const retention = ({ retentionInDays }: Wire<LogGroup>) =>
    retentionInDays === undefined ? t.never : t.days(retentionInDays);
  return (
    <Page title={t.logGroups} breadcrumbs={[{ text: t.service, to: "/cloudwatch/log-groups" }]} contentType="table">
      <ResourceTable<Wire<LogGroup>>
        id="log-groups"
        variant="full-page"
        title={t.logGroups}
        read={read}
        trackBy={({ logGroupName = "" }) => logGroupName}
        selection="multi"
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.findGroups}
        empty={{ title: t.noGroups, text: t.noGroupsText, action: create }}
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length !== 1} onClick={() => setEdited(selected[0])}>
              {t.editRetention}
            </Button>
            <Button
              disabled={selected.length === 0}
              onClick={() => setDoomed(selected.map(({ logGroupName = "" }) => logGroupName))}
            >
              {words.delete}
            </Button>
            {create}
          </SpaceBetween>
        )}
        columns={[
          {
            id: "name",
            header: t.logGroup,
            isRowHeader: true,
            width: 380,
            value: ({ logGroupName }) => logGroupName,
            cell: ({ logGroupName = "" }) => (
              <To to={to.logGroup(logGroupName)}>
                <Text>{logGroupName}</Text>
              </To>
            ),
          },
          {
            id: "retention",
            header: t.retention,
            width: 160,
            value: ({ retentionInDays }) => retentionInDays ?? Number.MAX_SAFE_INTEGER,
            cell: retention,
          },
          {
            id: "stored",
            header: t.stored,
            width: 140,
            value: ({ storedBytes }) => storedBytes,
            cell: ({ storedBytes }) => bytes(storedBytes, language),
          },
          {
            id: "filters",
            header: t.metricFilters,
            width: 160,
            value: ({ metricFilterCount }) => metricFilterCount,
            cell: ({ metricFilterCount }) => metricFilterCount ?? 0,
          },
          {
            id: "created",
            header: t.creationTime,
            value: ({ creationTime }) => creationTime,
            cell: ({ creationTime = Number.NaN }) => <Time at={creationTime / 1_000} />,
          },
          {
            id: "key",
            header: t.kmsKey,
            isVisible: false,
            value: ({ kmsKeyId }) => kmsKeyId,
            cell: ({ kmsKeyId }) => <Text>{kmsKeyId}</Text>,
          },
        ]}
      />
      {doomed && <DeleteGroups names={doomed} onClose={() => setDoomed(undefined)} />}
      {edited && <EditRetention group={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}
