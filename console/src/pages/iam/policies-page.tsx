import type { Policy } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Toggle from "@cloudscape-design/components/toggle";
import { useNavigate, useSearchParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

export default function PoliciesPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const withAws = search.has("aws");
  const read = useList("iam", "ListPolicies", { Scope: withAws ? "All" : "Local" }, "Policies");
  const create = (
    <Button variant="primary" onClick={() => void navigate("/iam/create-policy")}>
      {t.createPolicy}
    </Button>
  );
  const typeOf = ({ Arn = "" }: Wire<Policy>) => (Arn.split(":")[4] === "aws" ? t.awsManaged : t.customerManaged);
  return (
    <Page title={t.policies} breadcrumbs={[{ text: "IAM", to: "/iam/policies" }]} contentType="table">
      <ResourceTable<Wire<Policy>>
        id="iam-policies"
        variant="full-page"
        title={t.policies}
        description={t.policiesText}
        read={read}
        trackBy={({ Arn = "" }) => Arn}
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.findPolicies}
        empty={{ title: t.noPolicies, text: t.policiesText, action: create }}
        actions={() => create}
        filters={
          <Toggle
            checked={withAws}
            onChange={({ detail }) => setSearch(detail.checked ? { aws: "" } : {}, { replace: true })}
          >
            {t.showAws}
          </Toggle>
        }
        columns={[
          {
            id: "name",
            header: t.policyName,
            isRowHeader: true,
            width: 380,
            value: ({ PolicyName }) => PolicyName,
            cell: ({ PolicyName, Arn = "" }) => (
              <To to={to.policy(Arn)}>
                <Text>{PolicyName}</Text>
              </To>
            ),
          },
          { id: "type", header: words.type, width: 180, value: typeOf, cell: typeOf },
          {
            id: "attachments",
            header: t.attachments,
            width: 140,
            value: ({ AttachmentCount }) => AttachmentCount,
            cell: ({ AttachmentCount }) => AttachmentCount ?? 0,
          },
          {
            id: "edited",
            header: t.edited,
            value: ({ UpdateDate }) => UpdateDate,
            cell: ({ UpdateDate }) => <Time at={UpdateDate} />,
          },
        ]}
      />
    </Page>
  );
}
