import type { User } from "@aws-sdk/client-iam";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useParams } from "react-router";
import { everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useCall, useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { ArnLink } from "../../parts/links.tsx";
import { TagsTable, tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { AccessKeys } from "./access-keys.tsx";
import { ConsoleAccess } from "./console-access.tsx";
import { deleteUser } from "./delete-user.ts";
import { IamPage } from "./iam-page.tsx";
import { userIdentity } from "./identity.ts";
import { IdentityPolicies } from "./identity-policies.tsx";
import { Members } from "./members.tsx";
import { messages } from "./messages.ts";
import { MfaDevices } from "./mfa/mfa-devices.tsx";
import { useGroupNames } from "./names.ts";

export default function UserPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { user: name = "" } = useParams();
  const read = useCall("iam", "GetUser", { UserName: name });
  return (
    <IamPage<Wire<User>>
      name={name}
      home="/iam/users"
      list={{ text: t.users, to: "/iam/users" }}
      read={{ ...read, data: read.data?.User }}
      deletion={{ text: t.deleteUserText, doneText: t.userDeleted(name), remove: (api) => deleteUser(api, name) }}
      summary={(user) => [
        { label: "ARN", value: <Copyable>{user.Arn}</Copyable> },
        { label: t.creationDate, value: <Time at={user.CreateDate} /> },
        { label: t.passwordUsed, value: <Time at={user.PasswordLastUsed} /> },
        { label: t.path, value: <Text>{user.Path}</Text> },
        { label: t.boundary, value: <ArnLink arn={user.PermissionsBoundary?.PermissionsBoundaryArn} /> },
      ]}
      tabs={(user) => [
        { id: "permissions", label: t.permissions, content: <IdentityPolicies identity={userIdentity(name)} /> },
        { id: "groups", label: t.groups, content: <Groups user={name} /> },
        { id: "credentials", label: t.credentials, content: <Credentials user={name} /> },
        { id: "tags", label: words.tags, content: <TagsTable read={{ ...read, data: tagPairs(user.Tags) }} /> },
      ]}
    />
  );
}

function Credentials({ user }: { readonly user: string }) {
  return (
    <SpaceBetween size="l">
      <ConsoleAccess user={user} />
      <MfaDevices user={user} />
      <AccessKeys user={user} />
    </SpaceBetween>
  );
}

function Groups({ user: UserName }: { readonly user: string }) {
  const t = useMessages(messages);
  const all = useGroupNames();
  const read = useRead(["iam", "groups-of-user", UserName], async (api, options) => {
    const groups = await everyPage(api, "iam", "ListGroupsForUser", { UserName }, "Groups", options);
    return groups.map(({ GroupName = "" }) => GroupName);
  });
  return (
    <Members
      kind="group"
      title={t.groups}
      empty={t.noGroups}
      findText={t.findGroups}
      addText={t.addToGroups}
      chooseText={t.chooseGroups}
      read={read}
      all={all}
      add={(api, GroupName) => api.call("iam", "AddUserToGroup", { GroupName, UserName })}
      remove={(api, GroupName) => api.call("iam", "RemoveUserFromGroup", { GroupName, UserName })}
    />
  );
}
