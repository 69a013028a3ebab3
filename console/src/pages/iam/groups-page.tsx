import type { Group } from "@aws-sdk/client-iam";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { nameColumn, textColumn, timeColumn } from "../../parts/columns.tsx";
import { IamList } from "./iam-list.tsx";
import { messages } from "./messages.ts";

export default function GroupsPage() {
  const t = useMessages(messages);
  const read = useList("iam", "ListGroups", {}, "Groups");
  return (
    <IamList<Wire<Group>>
      id="iam-groups"
      title={t.userGroups}
      home="/iam/users"
      text={t.userGroupsText}
      findText={t.findGroups}
      noneText={t.noUserGroups}
      create={{ text: t.createGroup, to: "/iam/create-group" }}
      read={read}
      columns={[
        nameColumn(
          t.groupName,
          ({ GroupName }) => GroupName,
          ({ GroupName = "" }) => to.group(GroupName),
          { width: 320 },
        ),
        textColumn("path", t.path, ({ Path }) => Path, { width: 200 }),
        timeColumn("created", t.creationDate, ({ CreateDate }) => CreateDate),
      ]}
    />
  );
}
