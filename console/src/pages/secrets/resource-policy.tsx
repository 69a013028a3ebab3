import Box from "@cloudscape-design/components/box";
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
import { indented } from "../../parts/json-problem.ts";
import { PolicyEditor } from "../../parts/policy-editor.tsx";
import { Problem } from "../../parts/problem.tsx";
import { messages } from "./messages.ts";

/** A secret's resource policy: shown, written and deleted as JSON. */
export function ResourcePolicy({ arn }: { readonly arn: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [draft, setDraft] = useState<string>();
  const read = useCall("secretsmanager", "GetResourcePolicy", { SecretId: arn });
  const policy = read.data?.ResourcePolicy;
  const save = useAction((api, text: string) =>
    text.trim() === ""
      ? api.call("secretsmanager", "DeleteResourcePolicy", { SecretId: arn })
      : api.call("secretsmanager", "PutResourcePolicy", {
          SecretId: arn,
          ResourcePolicy: text,
          BlockPublicPolicy: true,
        }),
  );
  async function submit(text: string): Promise<void> {
    if (!(await save.run(text))) return;
    flash({ type: "success", text: text.trim() === "" ? t.policyDeleted : t.policySaved });
    setDraft(undefined);
  }
  const edit = () => setDraft(policy === undefined ? template(arn) : indented(policy));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t.policyText}
          actions={
            draft === undefined && (
              <SpaceBetween direction="horizontal" size="xs">
                {policy !== undefined && (
                  <Button loading={save.isRunning} onClick={() => void submit("")}>
                    {words.delete}
                  </Button>
                )}
                <Button disabled={!read.data} onClick={edit}>
                  {words.edit}
                </Button>
              </SpaceBetween>
            )
          }
        >
          {t.policy}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Problem error={read.error ?? save.error} />
        {draft === undefined && read.data && policy === undefined && <Box>{t.noPolicy}</Box>}
        {draft === undefined && policy !== undefined && (
          <PolicyEditor kind="resource" value={indented(policy)} readOnly ariaLabel={t.policy} rows={12} />
        )}
        {draft !== undefined && (
          <>
            <PolicyEditor kind="resource" value={draft} onChange={setDraft} ariaLabel={t.policy} />
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

function template(arn: string): string {
  const [, partition, , , account] = arn.split(":");
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        },
      ],
    },
    null,
    2,
  );
}
