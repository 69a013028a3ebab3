import type { Group } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall, useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { groupIdentity, withoutPolicies } from "./identity.ts";
import { IdentityPolicies } from "./identity-policies.tsx";
import { Members } from "./members.tsx";
import { messages } from "./messages.ts";
import { useUserNames } from "./names.ts";

export default function GroupPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { group: name = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const [isDeleting, setDeleting] = useState(false);
  const read = useCall("iam", "GetGroup", { GroupName: name });
  return (
    <>
      <DetailsPage<Wire<Group>>
        title={name}
        breadcrumbs={[
          { text: "IAM", to: "/iam/users" },
          { text: t.userGroups, to: "/iam/groups" },
        ]}
        read={{ ...read, data: read.data?.Group }}
        actions={() => <Button onClick={() => setDeleting(true)}>{words.delete}</Button>}
      >
        {(group) => (
          <>
            <Details
              title={t.summary}
              items={[
                { label: "ARN", value: <Copyable>{group.Arn}</Copyable> },
                { label: t.creationDate, value: <Time at={group.CreateDate} /> },
                { label: t.path, value: <Text>{group.Path}</Text> },
              ]}
            />
            <Tabs
              activeTabId={search.get("tab") ?? "users"}
              onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
              tabs={[
                { id: "users", label: t.users, content: <GroupUsers group={name} /> },
                {
                  id: "permissions",
                  label: t.permissions,
                  content: <IdentityPolicies identity={groupIdentity(name)} />,
                },
              ]}
            />
          </>
        )}
      </DetailsPage>
      {isDeleting && <DeleteGroup name={name} onClose={() => setDeleting(false)} />}
    </>
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

/** As AWS's console does: what would hold the deletion back goes first. */
function DeleteGroup({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const action = useAction(async (api) => {
    const group = { GroupName: name };
    for (const { UserName = "" } of await everyPage(api, "iam", "GetGroup", group, "Users")) {
      await api.call("iam", "RemoveUserFromGroup", { ...group, UserName });
    }
    await withoutPolicies(api, groupIdentity(name));
    await api.call("iam", "DeleteGroup", group);
    return true;
  });
  return (
    <ConfirmDelete
      what={name}
      word={name}
      action={action}
      onClose={(isDeleted) => {
        onClose();
        if (!isDeleted) return;
        flash({ type: "success", text: t.groupDeleted(name) });
        void navigate("/iam/groups");
      }}
    >
      {t.deleteGroupText}
    </ConfirmDelete>
  );
}
