import type { Role } from "@aws-sdk/client-iam";
import type { Wire } from "../../../api/wire.ts";
import { useList } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { nameColumn, textColumn, timeColumn } from "../../../parts/columns.tsx";
import { IamList } from "../iam-list.tsx";
import { messages } from "./messages.ts";
import { trusted } from "./trust.ts";

export default function RolesPage() {
  const t = useMessages(messages);
  const read = useList("iam", "ListRoles", {}, "Roles");
  return (
    <IamList<Wire<Role>>
      id="iam-roles"
      title={t.roles}
      home="/iam/roles"
      text={t.rolesText}
      findText={t.findRoles}
      noneText={t.noRoles}
      create={{ text: t.createRole, to: "/iam/create-role" }}
      read={read}
      columns={[
        nameColumn(
          t.roleName,
          ({ RoleName }) => RoleName,
          ({ RoleName = "" }) => to.role(RoleName),
          { width: 320 },
        ),
        textColumn(
          "trusted",
          t.trustedEntities,
          ({ AssumeRolePolicyDocument }) => trusted(AssumeRolePolicyDocument).join(", "),
          { width: 380 },
        ),
        timeColumn("created", t.creationDate, ({ CreateDate }) => CreateDate),
        textColumn("path", t.path, ({ Path }) => Path, { isVisible: false }),
      ]}
    />
  );
}
