import type { RegisterTaskDefinitionRequest, Tag, TaskDefinition } from "@aws-sdk/client-ecs";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Wire } from "../../../api/wire.ts";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { familyOf, nameOf, to } from "../../../parts/addresses.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { isolated, Text } from "../../../parts/text.tsx";
import { asDocument } from "../document.ts";
import { messages } from "./messages.ts";
import { type Movable, moved, plaintextAt, secretNameFor } from "./move.ts";

interface Props {
  readonly definition: Wire<TaskDefinition>;
  readonly tags: readonly Wire<Tag>[] | undefined;
  readonly place: Movable;
  readonly onClose: () => void;
}

/** Asks for the secret's name, makes the secret, and registers the revision that refers to it. */
export function MoveToSecretsManager({ definition, tags, place, onClose }: Props) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const { family = "", containerDefinitions = [] } = definition;
  const container = containerDefinitions[place.container]?.name ?? "";
  const [name, setName] = useState(secretNameFor(family, container, place.name));
  /** Of an attempt whose registration failed: the next one makes no second secret. */
  const [made, setMade] = useState<string>();
  const role = nameOf(definition.executionRoleArn);
  const action = useAction(async (api) => {
    const arn = made ?? (await makeSecret());
    setMade(arn);
    const next = JSON.parse(moved(asDocument(definition, tags), place, arn)) as Wire<RegisterTaskDefinitionRequest>;
    const { taskDefinition } = await api.call("ecs", "RegisterTaskDefinition", next);
    return familyOf(taskDefinition?.taskDefinitionArn);

    async function makeSecret(): Promise<string> {
      const value = plaintextAt(definition, place) ?? "";
      const { ARN = name } = await api.call("secretsmanager", "CreateSecret", { Name: name, SecretString: value });
      return ARN;
    }
  });
  async function run(): Promise<void> {
    const next = await action.run();
    if (!next) return;
    flash({ type: "success", text: t.done(isolated(name), `${next.family}:${next.revision}`, isolated(role)) });
    onClose();
    void navigate(to.taskDefinition(next.family, next.revision));
  }
  return (
    <Dialog
      title={t.moveTitle(isolated(place.name))}
      submitText={t.move}
      isRunning={action.isRunning}
      isDisabled={name === ""}
      error={action.error}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Box>{t.moveText}</Box>
      <FormField label={t.secretName}>
        <Input
          value={name}
          readOnly={made !== undefined}
          autoComplete={false}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <div>
        {t.permission(isolated(role))} <Text code>secretsmanager:GetSecretValue</Text>
      </div>
      <Box color="text-body-secondary">{t.oldRevisions}</Box>
      {made !== undefined && action.error !== undefined && <Box>{t.createdAlready(isolated(name))}</Box>}
    </Dialog>
  );
}
