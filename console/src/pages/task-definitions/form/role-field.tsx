import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import { messageOf } from "../../../api/error.ts";
import { useList } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { OptionalLabel } from "../../../parts/optional-label.tsx";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";

export interface RoleFieldProps {
  readonly member: "taskRoleArn" | "executionRoleArn";
  readonly label: string;
  readonly description: string;
}

/** A role that tasks may take, by its ARN. Who may not list roles types it. */
export function RoleField({ member, label, description }: RoleFieldProps) {
  const editor = useEditor();
  const t = useMessages(messages);
  const roles = useList("iam", "ListRoles", {}, "Roles");
  const options = (roles.data ?? [])
    .filter(({ AssumeRolePolicyDocument = "" }) =>
      decodeURIComponent(AssumeRolePolicyDocument).includes("ecs-tasks.amazonaws.com"),
    )
    .map(({ RoleName = "", Arn = "" }) => ({ value: Arn, label: RoleName, description: Arn }));
  return (
    <FormField label={<OptionalLabel>{label}</OptionalLabel>} description={description}>
      <Autosuggest
        value={editor.text([member])}
        options={options}
        ariaLabel={label}
        placeholder={t.noRole}
        empty={t.noRole}
        statusType={roles.error ? "error" : roles.isPending ? "loading" : "finished"}
        errorText={roles.error ? messageOf(roles.error) : ""}
        onChange={({ detail }) => editor.set([member], detail.value === "" ? undefined : detail.value)}
      />
    </FormField>
  );
}
