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

export interface PolicyDocumentProps {
  readonly arn: string;
  /** The default version. */
  readonly version: string;
  readonly isOwn: boolean;
}

/** What a managed policy says. Saving it makes a new default version. */
export function PolicyDocument({ arn, version, isOwn }: PolicyDocumentProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const syntax = useMessages(jsonMessages);
  const flash = useFlash();
  const [draft, setDraft] = useState<string>();
  const read = useCall("iam", "GetPolicyVersion", { PolicyArn: arn, VersionId: version });
  const document = read.data && indented(decodeURIComponent(read.data.PolicyVersion?.Document ?? "{}"));
  const save = useAction((api, PolicyDocument: string) =>
    api.call("iam", "CreatePolicyVersion", { PolicyArn: arn, PolicyDocument, SetAsDefault: true }),
  );
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
          counter={`(${version})`}
          description={draft === undefined ? undefined : t.saveVersionText}
          actions={
            isOwn &&
            draft === undefined && (
              <Button disabled={document === undefined} onClick={() => setDraft(document)}>
                {words.edit}
              </Button>
            )
          }
        >
          {t.permissions}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Problem error={read.error ?? save.error} />
        {draft === undefined && document !== undefined && (
          <PolicyEditor kind="identity" value={document} readOnly ariaLabel={t.permissions} rows={20} />
        )}
        {draft !== undefined && (
          <>
            <PolicyEditor kind="identity" value={draft} onChange={setDraft} ariaLabel={t.permissions} rows={20} />
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
