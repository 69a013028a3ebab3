import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Wire } from "../../../api/wire.ts";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { indented } from "../../../parts/json-problem.ts";
import { PolicyEditor } from "../../../parts/policy-editor.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { messages } from "./messages.ts";

/** Who may assume the role: its trust policy, shown and edited. */
export function TrustRelationships({
  role: { RoleName = "", AssumeRolePolicyDocument = "" },
}: {
  readonly role: Wire<Role>;
}) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const current = indented(decodeURIComponent(AssumeRolePolicyDocument));
  const [draft, setDraft] = useState<string>();
  const save = useAction((api) =>
    api.call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: draft ?? current }),
  );
  async function submit(): Promise<void> {
    if (!(await save.run())) return;
    flash({ type: "success", text: t.trustSaved });
    setDraft(undefined);
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={draft === undefined && <Button onClick={() => setDraft(current)}>{t.editTrust}</Button>}
        >
          {t.trustedEntities}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <PolicyEditor
          kind="trust"
          value={draft ?? current}
          onChange={setDraft}
          readOnly={draft === undefined}
          ariaLabel={t.trust}
        />
        <Problem error={save.error} />
        {draft !== undefined && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDraft(undefined)}>{words.cancel}</Button>
            <Button variant="primary" loading={save.isRunning} onClick={() => void submit()}>
              {words.save}
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}
