import type { Group } from "@aws-sdk/client-iam";
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

export default function GroupsPage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const read = useList("iam", "ListGroups", {}, "Groups");
  const create = (
    <Button variant="primary" onClick={() => void navigate("/iam/create-group")}>
      {t.createGroup}
    </Button>
  );
  return (
    <Page title={t.userGroups} breadcrumbs={[{ text: "IAM", to: "/iam/users" }]} contentType="table">
      <ResourceTable<Wire<Group>>
        id="iam-groups"
        variant="full-page"
        title={t.userGroups}
        description={t.userGroupsText}
        read={read}
        trackBy={({ Arn = "" }) => Arn}
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.findGroups}
        empty={{ title: t.noUserGroups, text: t.userGroupsText, action: create }}
        actions={() => create}
        columns={[
          {
            id: "name",
            header: t.groupName,
            isRowHeader: true,
            width: 320,
            value: ({ GroupName }) => GroupName,
            cell: ({ GroupName = "" }) => (
              <To to={to.group(GroupName)}>
                <Text>{GroupName}</Text>
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
