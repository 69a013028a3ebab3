import type { Account } from "@aws-sdk/client-organizations";
import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { useSession } from "../../session/context.tsx";
import { messages } from "./messages.ts";

export default function AccountsPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { identity } = useSession();
  const read = useList("organizations", "ListAccounts", {}, "Accounts");
  return (
    <Page title={t.accounts} breadcrumbs={[{ text: t.service, to: "/organizations/accounts" }]} contentType="table">
      <ResourceTable<Wire<Account>>
        id="organizations-accounts"
        variant="full-page"
        title={t.accounts}
        description={t.accountsText}
        read={read}
        trackBy={({ Id = "" }) => Id}
        filterPlaceholder={t.find}
        empty={{ title: t.none }}
        columns={[
          {
            id: "name",
            header: words.name,
            isRowHeader: true,
            width: 240,
            value: ({ Name }) => Name,
            cell: ({ Name, Id }) => (
              <>
                <Text>{Name}</Text> {Id === identity.accountId && <Badge color="blue">{t.yours}</Badge>}
              </>
            ),
          },
          {
            id: "id",
            header: t.accountId,
            width: 200,
            value: ({ Id }) => Id,
            cell: ({ Id }) => <Copyable>{Id}</Copyable>,
          },
          {
            id: "email",
            header: t.email,
            width: 260,
            value: ({ Email }) => Email,
            cell: ({ Email }) => <Text>{Email}</Text>,
          },
          {
            id: "status",
            header: words.status,
            width: 140,
            value: ({ Status }) => Status,
            cell: ({ Status }) => (
              <StatusIndicator type={Status === "ACTIVE" ? "success" : "stopped"}>
                {Status === "ACTIVE" ? t.active : <Text>{Status}</Text>}
              </StatusIndicator>
            ),
          },
          {
            id: "joined",
            header: t.joined,
            value: ({ JoinedTimestamp }) => JoinedTimestamp,
            cell: ({ JoinedTimestamp }) => <Time at={JoinedTimestamp} />,
          },
        ]}
      />
    </Page>
  );
}
