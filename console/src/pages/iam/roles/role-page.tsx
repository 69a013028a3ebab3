import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { everyPage } from "../../../api/pages.ts";
import type { Wire } from "../../../api/wire.ts";
import { useAction } from "../../../data/use-action.ts";
import { useCall } from "../../../data/use-call.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { ConfirmDelete } from "../../../parts/confirm-delete.tsx";
import { Copyable } from "../../../parts/copyable.tsx";
import { Details } from "../../../parts/details.tsx";
import { DetailsPage } from "../../../parts/details-page.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { TagsTable, tagPairs } from "../../../parts/tags.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { roleIdentity, withoutPolicies } from "../identity.ts";
import { IdentityPolicies } from "../identity-policies.tsx";
import { messages } from "./messages.ts";
import { TrustRelationships } from "./trust-relationships.tsx";

export default function RolePage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { role: name = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const [isDeleting, setDeleting] = useState(false);
  const read = useCall("iam", "GetRole", { RoleName: name });
  return (
    <>
      <DetailsPage<Wire<Role>>
        title={name}
        breadcrumbs={[
          { text: "IAM", to: "/iam/roles" },
          { text: t.roles, to: "/iam/roles" },
        ]}
        read={{ ...read, data: read.data?.Role }}
        actions={() => <Button onClick={() => setDeleting(true)}>{words.delete}</Button>}
      >
        {(role) => (
          <>
            <Details
              title={t.summary}
              items={[
                { label: "ARN", value: <Copyable>{role.Arn}</Copyable> },
                { label: words.description, value: <Text>{role.Description}</Text> },
                { label: t.creationDate, value: <Time at={role.CreateDate} /> },
                { label: t.lastActivity, value: <Time at={role.RoleLastUsed?.LastUsedDate} /> },
                {
                  label: t.maxSession,
                  value: t.maxSessionValue(Math.round((role.MaxSessionDuration ?? 3_600) / 360) / 10),
                },
                { label: t.path, value: <Text>{role.Path}</Text> },
              ]}
            />
            <Tabs
              activeTabId={search.get("tab") ?? "permissions"}
              onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
              tabs={[
                {
                  id: "permissions",
                  label: t.permissions,
                  content: <IdentityPolicies identity={roleIdentity(name)} />,
                },
                { id: "trust", label: t.trust, content: <TrustRelationships role={role} /> },
                {
                  id: "tags",
                  label: words.tags,
                  content: <TagsTable read={{ ...read, data: tagPairs(role.Tags) }} />,
                },
              ]}
            />
          </>
        )}
      </DetailsPage>
      {isDeleting && <DeleteRole name={name} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** As AWS's console does: what would hold the deletion back goes first. */
function DeleteRole({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const action = useAction(async (api) => {
    const role = { RoleName: name };
    for (const { InstanceProfileName = "" } of await everyPage(
      api,
      "iam",
      "ListInstanceProfilesForRole",
      role,
      "InstanceProfiles",
    )) {
      await api.call("iam", "RemoveRoleFromInstanceProfile", { ...role, InstanceProfileName });
    }
    await withoutPolicies(api, roleIdentity(name));
    await api.call("iam", "DeleteRole", role);
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
        flash({ type: "success", text: t.deleted(name) });
        void navigate("/iam/roles");
      }}
    >
      <SpaceBetween size="s">{t.deleteText}</SpaceBetween>
    </ConfirmDelete>
  );
}
