import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Action } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { FormPage } from "../../parts/form-page.tsx";
import { jsonMessages, jsonProblem } from "../../parts/json-problem.ts";
import type { Crumb } from "../../parts/page.tsx";
import { PolicyEditor } from "../../parts/policy-editor.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { messages } from "./messages.ts";

export interface PolicyFormProps {
  readonly title: string;
  readonly breadcrumbs: readonly Crumb[];
  readonly cancelTo: string;
  /** Of a policy that is there. */
  readonly name?: string | undefined;
  readonly document: string;
  readonly save: Action<readonly [name: string, document: string], unknown>;
  readonly onSaved: (name: string, answer: unknown) => void;
}

/** A policy as JSON, with the name of a new one. */
export function PolicyForm({ title, breadcrumbs, cancelTo, name: known, save, onSaved, ...props }: PolicyFormProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const syntax = useMessages(jsonMessages);
  const [name, setName] = useState(known ?? "");
  const [document, setDocument] = useState(props.document);
  const [isTried, setTried] = useState(false);
  async function submit(): Promise<void> {
    setTried(true);
    if (name === "" || jsonProblem(document, syntax)) return;
    const answer = await save.run(name, document);
    if (answer !== undefined) onSaved(name, answer);
  }
  return (
    <FormPage
      title={title}
      breadcrumbs={breadcrumbs}
      submitText={known === undefined ? t.createPolicy : words.save}
      cancelTo={cancelTo}
      isRunning={save.isRunning}
      error={save.error}
      onSubmit={() => void submit()}
    >
      <Container>
        <SpaceBetween size="l">
          {known === undefined && (
            <TextField
              label={t.policyName}
              constraint={t.policyNameText}
              value={name}
              error={isTried && name === "" ? words.required : undefined}
              onChange={setName}
            />
          )}
          <PolicyEditor kind="identity" label="JSON" value={document} onChange={setDocument} rows={20} />
        </SpaceBetween>
      </Container>
    </FormPage>
  );
}

/** A policy to begin with: reading one parameter and one secret. */
export function template(region: string, account: string): string {
  const Action = ["ssm:GetParameters", "secretsmanager:GetSecretValue"];
  const Resource = [
    `arn:aws:ssm:${region}:${account}:parameter/NAME`,
    `arn:aws:secretsmanager:${region}:${account}:secret:NAME*`,
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }, null, 2);
}
