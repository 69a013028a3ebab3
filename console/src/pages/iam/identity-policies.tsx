import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To } from "../../parts/links.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import type { Identity } from "./identity.ts";
import { messages } from "./messages.ts";
import { typeOf } from "./policy-choice.tsx";

interface HeldPolicy {
  readonly name: string;
  /** Undefined for an inline policy. */
  readonly arn: string | undefined;
}

/** The managed policies that are attached to a user, a group or a role, and its inline policies. */
export function IdentityPolicies({ identity }: { readonly identity: Identity }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState<readonly HeldPolicy[]>();
  const read = useRead(["iam", "policies-of", identity.page], async (api, options) => {
    const [attached, inline] = await Promise.all([identity.attached(api, options), identity.inline(api, options)]);
    return [
      ...attached.map(({ PolicyName = "", PolicyArn }): HeldPolicy => ({ name: PolicyName, arn: PolicyArn })),
      ...inline.map((name): HeldPolicy => ({ name, arn: undefined })),
    ];
  });
  const type = ({ arn }: HeldPolicy) => (arn === undefined ? t.customerInline : typeOf(arn, t));
  return (
    <>
      <ResourceTable<HeldPolicy>
        id="iam-identity-policies"
        title={t.permissionsPolicies}
        read={read}
        trackBy={({ name, arn }) => arn ?? name}
        selection="multi"
        filterPlaceholder={t.findPolicies}
        empty={{ title: t.noPolicies, text: t.policiesText }}
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0} onClick={() => setDoomed(selected)}>
              {t.detach}
            </Button>
            <ButtonDropdown
              items={[
                { id: "attach-policies", text: t.attach },
                { id: "inline-policy", text: t.createInline },
              ]}
              onItemClick={({ detail }) => void navigate(`${identity.page}/${detail.id}`)}
            >
              {t.addPermissions}
            </ButtonDropdown>
          </SpaceBetween>
        )}
        columns={[
          {
            id: "name",
            header: t.policyName,
            isRowHeader: true,
            width: 420,
            value: ({ name }) => name,
            cell: ({ name, arn }) => (
              <To
                to={
                  arn === undefined
                    ? `${identity.page}/inline-policy?${new URLSearchParams({ policy: name })}`
                    : to.policy(arn)
                }
              >
                <Text>{name}</Text>
              </To>
            ),
          },
          { id: "type", header: words.type, value: type, cell: type },
        ]}
      />
      {doomed && <RemovePolicies identity={identity} policies={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
}

function RemovePolicies({
  identity,
  policies,
  onClose,
}: {
  readonly identity: Identity;
  readonly policies: readonly HeldPolicy[];
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction(async (api) => {
    for (const { name, arn } of policies) {
      await (arn === undefined ? identity.remove(api, name) : identity.detach(api, arn));
    }
    return policies.length;
  });
  return (
    <ConfirmDelete
      what={policies.length === 1 ? (policies[0]?.name ?? "") : t.policyCount(policies.length)}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.detached(policies.length) });
        onClose();
      }}
    />
  );
}
