import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import { useNavigate } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

export default function UsersPage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const read = useList("iam", "ListUsers", {}, "Users");
  const create = (
    <Button variant="primary" onClick={() => void navigate("/iam/create-user")}>
      {t.createUser}
    </Button>
  );
  return (
    <Page title={t.users} breadcrumbs={[{ text: "IAM", to: "/iam/users" }]} contentType="table">
      <ResourceTable<Wire<User>>
        id="iam-users"
        variant="full-page"
        title={t.users}
        description={t.usersText}
        read={read}
        trackBy={({ Arn = "" }) => Arn}
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.findUsers}
        empty={{ title: t.noUsers, text: t.usersText, action: create }}
        actions={() => create}
        columns={[
          {
            id: "name",
            header: t.userName,
            isRowHeader: true,
            width: 320,
            value: ({ UserName }) => UserName,
            cell: ({ UserName = "" }) => (
              <To to={to.user(UserName)}>
                <Text>{UserName}</Text>
              </To>
            ),
          },
          {
            id: "path",
            header: t.path,
            width: 200,
            value: ({ Path }) => Path,
            cell: ({ Path }) => <Text>{Path}</Text>,
          },
          {
            id: "used",
            header: t.passwordUsed,
            width: 220,
            value: ({ PasswordLastUsed }) => PasswordLastUsed,
            cell: ({ PasswordLastUsed }) => <Time at={PasswordLastUsed} />,
          },
          {
            id: "created",
            header: t.creationDate,
            value: ({ CreateDate }) => CreateDate,
            cell: ({ CreateDate }) => <Time at={CreateDate} />,
          },
        ]}
      />
    </Page>
  );
}
