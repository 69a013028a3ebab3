import type { Group } from "@aws-sdk/client-iam";
import { useParams } from "react-router";
import type { Api } from "../../api/client.ts";
import { everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useCall, useRead } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { IamPage } from "./iam-page.tsx";
import { groupIdentity, withoutPolicies } from "./identity.ts";
import { IdentityPolicies } from "./identity-policies.tsx";
import { Members } from "./members.tsx";
import { messages } from "./messages.ts";
import { useUserNames } from "./names.ts";

export default function GroupPage() {
  const t = useMessages(messages);
  const { group: name = "" } = useParams();
  const read = useCall("iam", "GetGroup", { GroupName: name });
  return (
    <IamPage<Wire<Group>>
      name={name}
      home="/iam/users"
      list={{ text: t.userGroups, to: "/iam/groups" }}
      read={{ ...read, data: read.data?.Group }}
      deletion={{ text: t.deleteGroupText, doneText: t.groupDeleted(name), remove: (api) => deleteGroup(api, name) }}
      summary={(group) => [
        { label: "ARN", value: <Copyable>{group.Arn}</Copyable> },
        { label: t.creationDate, value: <Time at={group.CreateDate} /> },
        { label: t.path, value: <Text>{group.Path}</Text> },
      ]}
      tabs={() => [
        { id: "users", label: t.users, content: <GroupUsers group={name} /> },
        { id: "permissions", label: t.permissions, content: <IdentityPolicies identity={groupIdentity(name)} /> },
      ]}
    />
  );
}

function GroupUsers({ group: GroupName }: { readonly group: string }) {
  const t = useMessages(messages);
  const all = useUserNames();
  const read = useRead(["iam", "users-of-group", GroupName], async (api, options) => {
    const users = await everyPage(api, "iam", "GetGroup", { GroupName }, "Users", options);
    return users.map(({ UserName = "" }) => UserName);
  });
  return (
    <Members
      kind="user"
      title={t.users}
      empty={t.groupEmpty}
      findText={t.findUsers}
      addText={t.addUsers}
      chooseText={t.chooseUsers}
      read={read}
      all={all}
      add={(api, UserName) => api.call("iam", "AddUserToGroup", { GroupName, UserName })}
      remove={(api, UserName) => api.call("iam", "RemoveUserFromGroup", { GroupName, UserName })}
    />
  );
}

async function deleteGroup(api: Api, GroupName: string): Promise<void> {
  for (const { UserName = "" } of await everyPage(api, "iam", "GetGroup", { GroupName }, "Users")) {
    await api.call("iam", "RemoveUserFromGroup", { GroupName, UserName });
  }
  await withoutPolicies(api, groupIdentity(GroupName));
  await api.call("iam", "DeleteGroup", { GroupName });
}
