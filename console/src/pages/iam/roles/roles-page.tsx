import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import { useNavigate } from "react-router";
import type { Wire } from "../../../api/wire.ts";
import { useList } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { To } from "../../../parts/links.tsx";
import { Page } from "../../../parts/page.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { messages } from "./messages.ts";
import { trusted } from "./trust.ts";

export default function RolesPage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const read = useList("iam", "ListRoles", {}, "Roles");
  const create = (
    <Button variant="primary" onClick={() => void navigate("/iam/create-role")}>
      {t.createRole}
    </Button>
  );
  return (
    <Page title={t.roles} breadcrumbs={[{ text: "IAM", to: "/iam/roles" }]} contentType="table">
      <ResourceTable<Wire<Role>>
        id="iam-roles"
        variant="full-page"
        title={t.roles}
        description={t.rolesText}
        read={read}
        trackBy={({ Arn = "" }) => Arn}
        sortedBy={{ id: "name" }}
        filterPlaceholder={t.findRoles}
        empty={{ title: t.noRoles, text: t.rolesText, action: create }}
        actions={() => create}
        columns={[
          {
            id: "name",
            header: t.roleName,
            isRowHeader: true,
            width: 320,
            value: ({ RoleName }) => RoleName,
            cell: ({ RoleName = "" }) => (
              <To to={to.role(RoleName)}>
                <Text>{RoleName}</Text>
              </To>
            ),
          },
          {
            id: "trusted",
            header: t.trustedEntities,
            width: 380,
            value: ({ AssumeRolePolicyDocument }) => trusted(AssumeRolePolicyDocument).join(", "),
            cell: ({ AssumeRolePolicyDocument }) => <Text>{trusted(AssumeRolePolicyDocument).join(", ")}</Text>,
          },
          {
            id: "created",
            header: t.creationDate,
            value: ({ CreateDate }) => CreateDate,
            cell: ({ CreateDate }) => <Time at={CreateDate} />,
          },
          {
            id: "path",
            header: t.path,
            isVisible: false,
            value: ({ Path }) => Path,
            cell: ({ Path }) => <Text>{Path}</Text>,
          },
        ]}
      />
    </Page>
  );
}
