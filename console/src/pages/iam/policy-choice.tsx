import type { Policy } from "@aws-sdk/client-iam";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";

export interface PolicyChoiceProps {
  readonly chosen: readonly string[];
  /** ARNs. */
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Managed policies, AWS's and the account's own, to choose several of. */
export function PolicyChoice({ chosen, onChange }: PolicyChoiceProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const read = useList("iam", "ListPolicies", { Scope: "All" }, "Policies");
  return (
    <ResourceTable<Wire<Policy>>
      id="iam-policy-choice"
      title={t.permissionsPolicies}
      read={read}
      trackBy={({ Arn = "" }) => Arn}
      selection="multi"
      selected={chosen}
      onSelected={onChange}
      sortedBy={{ id: "name" }}
      filterPlaceholder={t.findPolicies}
      empty={{ title: t.noPolicies }}
      columns={[
        {
          id: "name",
          header: t.policyName,
          isRowHeader: true,
          width: 380,
          value: ({ PolicyName }) => PolicyName,
          cell: ({ PolicyName = "", Arn = "" }) => (
            <To to={to.policy(Arn)}>
              <Text>{PolicyName}</Text>
            </To>
          ),
        },
        {
          id: "type",
          header: words.type,
          width: 180,
          value: ({ Arn }) => typeOf(Arn, t),
          cell: ({ Arn }) => typeOf(Arn, t),
        },
        {
          id: "description",
          header: words.description,
          value: ({ Description }) => Description,
          cell: ({ Description }) => <Text>{Description}</Text>,
        },
      ]}
    />
  );
}

export function typeOf(
  arn: string | undefined,
  t: { readonly awsManaged: string; readonly customerManaged: string },
): string {
  return arn?.split(":")[4] === "aws" ? t.awsManaged : t.customerManaged;
}
