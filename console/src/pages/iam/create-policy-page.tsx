import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { useApi, useSession } from "../../session/context.tsx";
import { messages } from "./messages.ts";
import { PolicyForm, template } from "./policy-form.tsx";

export default function CreatePolicyPage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const flash = useFlash();
  const { region } = useApi();
  const { identity } = useSession();
  const save = useAction(async (api, PolicyName: string, PolicyDocument: string) => {
    const { Policy } = await api.call("iam", "CreatePolicy", { PolicyName, PolicyDocument });
    return Policy?.Arn ?? "";
  });
  return (
    <PolicyForm
      title={t.createPolicy}
      breadcrumbs={[
        { text: "IAM", to: "/iam/policies" },
        { text: t.policies, to: "/iam/policies" },
      ]}
      cancelTo="/iam/policies"
      document={template(region, identity.accountId)}
      save={save}
      onSaved={(name, arn) => {
        flash({ type: "success", text: t.policyCreated(name) });
        void navigate(to.policy(String(arn)));
      }}
    />
  );
}
