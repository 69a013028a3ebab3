import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { useCall } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { useFlash } from "../../parts/flash.tsx";
import { indented, jsonMessages, jsonProblem } from "../../parts/json-problem.ts";
import { PolicyEditor } from "../../parts/policy-editor.tsx";
import { Problem } from "../../parts/problem.tsx";
import { messages } from "./messages.ts";

/** A key's policy: shown, and of a key of one's own written as JSON. */
export function KeyPolicy({ keyId, isOwn }: { readonly keyId: string; readonly isOwn: boolean }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const syntax = useMessages(jsonMessages);
  const flash = useFlash();
  const [draft, setDraft] = useState<string>();
  const read = useCall("kms", "GetKeyPolicy", { KeyId: keyId, PolicyName: "default" });
  const policy = read.data?.Policy;
  const save = useAction((api, Policy: string) => api.call("kms", "PutKeyPolicy", { KeyId: keyId, Policy }));
  async function submit(text: string): Promise<void> {
    if (jsonProblem(text, syntax) || !(await save.run(text))) return;
    flash({ type: "success", text: t.policySaved });
    setDraft(undefined);
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t.policyText}
          actions={
            isOwn &&
            draft === undefined && (
              <Button disabled={policy === undefined} onClick={() => setDraft(indented(policy ?? ""))}>
                {words.edit}
              </Button>
            )
          }
        >
          {t.policy}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Problem error={read.error ?? save.error} />
        {draft === undefined && policy !== undefined && (
          <PolicyEditor kind="resource" value={indented(policy)} readOnly ariaLabel={t.policy} rows={18} />
        )}
        {draft !== undefined && (
          <>
            <PolicyEditor kind="resource" value={draft} onChange={setDraft} ariaLabel={t.policy} rows={18} />
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setDraft(undefined)}>{words.cancel}</Button>
              <Button variant="primary" loading={save.isRunning} onClick={() => void submit(draft)}>
                {words.save}
              </Button>
            </SpaceBetween>
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
