import type { Policy } from "@aws-sdk/client-iam";
import Toggle from "@cloudscape-design/components/toggle";
import { useSearchParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { nameColumn, timeColumn } from "../../parts/columns.tsx";
import { withParams } from "../../parts/table-address.ts";
import { IamList } from "./iam-list.tsx";
import { messages } from "./messages.ts";

export default function PoliciesPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [search, setSearch] = useSearchParams();
  const withAws = search.has("aws");
  const read = useList("iam", "ListPolicies", { Scope: withAws ? "All" : "Local" }, "Policies");
  const typeOf = ({ Arn = "" }: Wire<Policy>) => (Arn.split(":")[4] === "aws" ? t.awsManaged : t.customerManaged);
  return (
    <IamList<Wire<Policy>>
      id="iam-policies"
      title={t.policies}
      home="/iam/policies"
      text={t.policiesText}
      findText={t.findPolicies}
      noneText={t.noPolicies}
      create={{ text: t.createPolicy, to: "/iam/create-policy" }}
      read={read}
      filters={
        <Toggle
          checked={withAws}
          onChange={({ detail }) =>
            setSearch(withParams(search, { aws: detail.checked ? "" : undefined }), { replace: true })
          }
        >
          {t.showAws}
        </Toggle>
      }
      columns={[
        nameColumn(
          t.policyName,
          ({ PolicyName }) => PolicyName,
          ({ Arn = "" }) => to.policy(Arn),
          { width: 380 },
        ),
        { id: "type", header: words.type, width: 180, value: typeOf, cell: typeOf },
        {
          id: "attachments",
          header: t.attachments,
          width: 140,
          value: ({ AttachmentCount }) => AttachmentCount,
          cell: ({ AttachmentCount }) => AttachmentCount ?? 0,
        },
        timeColumn("edited", t.edited, ({ UpdateDate }) => UpdateDate),
      ]}
    />
  );
}
