import type { Policy, PolicyVersion } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useParams } from "react-router";
import type { Api } from "../../api/client.ts";
import { everyPage } from "../../api/pages.ts";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall, useList, useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { nameOf, to } from "../../parts/addresses.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To } from "../../parts/links.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { IamPage } from "./iam-page.tsx";
import { messages } from "./messages.ts";
import { PolicyDocument } from "./policy-document.tsx";

export default function PolicyPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { policy: arn = "" } = useParams();
  const read = useCall("iam", "GetPolicy", { PolicyArn: arn });
  const isOwn = arn.split(":")[4] !== "aws";
  const name = read.data?.Policy?.PolicyName ?? nameOf(arn);
  const deletion = { text: t.deletePolicyText, doneText: t.policyDeleted(name) };
  return (
    <IamPage<Wire<Policy>>
      name={name}
      home="/iam/policies"
      list={{ text: t.policies, to: "/iam/policies" }}
      read={{ ...read, data: read.data?.Policy }}
      deletion={isOwn ? { ...deletion, remove: (api) => deletePolicy(api, arn) } : undefined}
      summary={(policy) => [
        { label: "ARN", value: <Copyable>{arn}</Copyable> },
        { label: words.type, value: isOwn ? t.customerManaged : t.awsManaged },
        { label: words.description, value: <Text>{policy.Description}</Text> },
        { label: t.creationDate, value: <Time at={policy.CreateDate} /> },
        { label: t.edited, value: <Time at={policy.UpdateDate} /> },
        { label: t.attachments, value: policy.AttachmentCount ?? 0 },
      ]}
      tabs={({ DefaultVersionId: version = "v1" }) => [
        {
          id: "permissions",
          label: t.permissions,
          content: <PolicyDocument key={version} arn={arn} version={version} isOwn={isOwn} />,
        },
        { id: "entities", label: t.entities, content: <Entities arn={arn} /> },
        { id: "versions", label: t.versions, content: <Versions arn={arn} isOwn={isOwn} /> },
      ]}
    />
  );
}

interface Entity {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
}

function Entities({ arn }: { readonly arn: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const read = useRead(["iam", "entities-of", arn], async (api, options) => {
    const input = { PolicyArn: arn };
    const [users, groups, roles] = await Promise.all([
      everyPage(api, "iam", "ListEntitiesForPolicy", { ...input, EntityFilter: "User" }, "PolicyUsers", options),
      everyPage(api, "iam", "ListEntitiesForPolicy", { ...input, EntityFilter: "Group" }, "PolicyGroups", options),
      everyPage(api, "iam", "ListEntitiesForPolicy", { ...input, EntityFilter: "Role" }, "PolicyRoles", options),
    ]);
    return [
      ...users.map(({ UserName: name = "" }): Entity => ({ kind: "user", name })),
      ...groups.map(({ GroupName: name = "" }): Entity => ({ kind: "group", name })),
      ...roles.map(({ RoleName: name = "" }): Entity => ({ kind: "role", name })),
    ];
  });
  return (
    <ResourceTable<Entity>
      id="iam-policy-entities"
      title={t.entities}
      read={read}
      trackBy={({ kind, name }) => `${kind} ${name}`}
      filterPlaceholder={t.findEntities}
      empty={{ title: t.noEntities }}
      columns={[
        {
          id: "name",
          header: words.name,
          isRowHeader: true,
          width: 360,
          value: ({ name }) => name,
          cell: ({ kind, name }) => (
            <To to={to[kind](name)}>
              <Text>{name}</Text>
            </To>
          ),
        },
        { id: "type", header: words.type, value: ({ kind }) => t[kind], cell: ({ kind }) => t[kind] },
      ]}
    />
  );
}

function Versions({ arn, isOwn }: { readonly arn: string; readonly isOwn: boolean }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [doomed, setDoomed] = useState<string>();
  const read = useList("iam", "ListPolicyVersions", { PolicyArn: arn }, "Versions");
  const choose = useAction(async (api, VersionId: string) => {
    await api.call("iam", "SetDefaultPolicyVersion", { PolicyArn: arn, VersionId });
    return true;
  });
  const remove = useAction(async (api) => {
    await api.call("iam", "DeletePolicyVersion", { PolicyArn: arn, VersionId: doomed ?? "" });
    return true;
  });
  return (
    <SpaceBetween size="m">
      <Problem error={choose.error} />
      <ResourceTable<Wire<PolicyVersion>>
        id="iam-policy-versions"
        title={t.versions}
        read={read}
        trackBy={({ VersionId = "" }) => VersionId}
        {...(isOwn && { selection: "single" as const })}
        isDisabled={({ IsDefaultVersion }) => IsDefaultVersion ?? false}
        filterPlaceholder={t.findVersions}
        empty={{ title: t.noVersions }}
        actions={([chosen]) =>
          isOwn && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!chosen} onClick={() => setDoomed(chosen?.VersionId)}>
                {words.delete}
              </Button>
              <Button
                disabled={!chosen}
                loading={choose.isRunning}
                onClick={async () => {
                  if (await choose.run(chosen?.VersionId ?? "")) flash({ type: "success", text: t.defaultSet });
                }}
              >
                {t.setDefault}
              </Button>
            </SpaceBetween>
          )
        }
        columns={[
          {
            id: "version",
            header: words.version,
            isRowHeader: true,
            width: 160,
            value: ({ VersionId }) => VersionId,
            cell: ({ VersionId }) => <Text>{VersionId}</Text>,
          },
          {
            id: "default",
            header: words.status,
            width: 200,
            cell: ({ IsDefaultVersion }) =>
              IsDefaultVersion ? <StatusIndicator type="success">{t.defaultVersion}</StatusIndicator> : "-",
          },
          {
            id: "created",
            header: t.creationDate,
            value: ({ CreateDate }) => CreateDate,
            cell: ({ CreateDate }) => <Time at={CreateDate} />,
          },
        ]}
      />
      {doomed !== undefined && (
        <ConfirmDelete
          what={doomed}
          action={remove}
          onClose={(isDeleted) => {
            if (isDeleted) flash({ type: "success", text: t.versionDeleted });
            setDoomed(undefined);
          }}
        />
      )}
    </SpaceBetween>
  );
}

/** Detaches it from everything, and deletes it after its older versions. */
async function deletePolicy(api: Api, PolicyArn: string): Promise<void> {
  const policy = { PolicyArn };
  for (const { UserName = "" } of await everyPage(api, "iam", "ListEntitiesForPolicy", policy, "PolicyUsers")) {
    await api.call("iam", "DetachUserPolicy", { UserName, PolicyArn });
  }
  for (const { GroupName = "" } of await everyPage(api, "iam", "ListEntitiesForPolicy", policy, "PolicyGroups")) {
    await api.call("iam", "DetachGroupPolicy", { GroupName, PolicyArn });
  }
  for (const { RoleName = "" } of await everyPage(api, "iam", "ListEntitiesForPolicy", policy, "PolicyRoles")) {
    await api.call("iam", "DetachRolePolicy", { RoleName, PolicyArn });
  }
  const versions = await everyPage(api, "iam", "ListPolicyVersions", policy, "Versions");
  for (const { VersionId = "", IsDefaultVersion } of versions) {
    if (!IsDefaultVersion) await api.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId });
  }
  await api.call("iam", "DeletePolicy", policy);
}
