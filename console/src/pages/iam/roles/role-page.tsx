import type { Role } from "@aws-sdk/client-iam";
import { useParams } from "react-router";
import type { Api } from "../../../api/client.ts";
import { everyPage } from "../../../api/pages.ts";
import type { Wire } from "../../../api/wire.ts";
import { useCall } from "../../../data/use-call.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { TagsTable, tagPairs } from "../../../parts/tags.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { IamPage } from "../iam-page.tsx";
import { roleIdentity, withoutPolicies } from "../identity.ts";
import { IdentityPolicies } from "../identity-policies.tsx";
import { messages } from "./messages.ts";
import { TrustRelationships } from "./trust-relationships.tsx";

export default function RolePage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { role: name = "" } = useParams();
  const read = useCall("iam", "GetRole", { RoleName: name });
  return (
    <IamPage<Wire<Role>>
      name={name}
      home="/iam/roles"
      list={{ text: t.roles, to: "/iam/roles" }}
      read={{ ...read, data: read.data?.Role }}
      deletion={{ text: t.deleteText, doneText: t.deleted(name), remove: (api) => deleteRole(api, name) }}
      summary={(role) => [
        { label: "ARN", value: <Copyable>{role.Arn}</Copyable> },
        { label: words.description, value: <Text>{role.Description}</Text> },
        { label: t.creationDate, value: <Time at={role.CreateDate} /> },
        { label: t.lastActivity, value: <Time at={role.RoleLastUsed?.LastUsedDate} /> },
        { label: t.maxSession, value: t.maxSessionValue(Math.round((role.MaxSessionDuration ?? 3_600) / 360) / 10) },
        { label: t.path, value: <Text>{role.Path}</Text> },
      ]}
      tabs={(role) => [
        { id: "permissions", label: t.permissions, content: <IdentityPolicies identity={roleIdentity(name)} /> },
        { id: "trust", label: t.trust, content: <TrustRelationships role={role} /> },
        { id: "tags", label: words.tags, content: <TagsTable read={{ ...read, data: tagPairs(role.Tags) }} /> },
      ]}
    />
  );
}

async function deleteRole(api: Api, RoleName: string): Promise<void> {
  const role = { RoleName };
  const profiles = await everyPage(api, "iam", "ListInstanceProfilesForRole", role, "InstanceProfiles");
  for (const { InstanceProfileName = "" } of profiles) {
    await api.call("iam", "RemoveRoleFromInstanceProfile", { ...role, InstanceProfileName });
  }
  await withoutPolicies(api, roleIdentity(RoleName));
  await api.call("iam", "DeleteRole", role);
}
