import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { messages } from "./messages.ts";

const exclusions = [
  "ExcludeUppercase",
  "ExcludeLowercase",
  "ExcludeNumbers",
  "ExcludePunctuation",
  "IncludeSpace",
] as const;

export interface PasswordGeneratorProps {
  readonly onPassword: (password: string) => void;
  readonly onClose: () => void;
}

/** Asks GetRandomPassword for a password. It goes into the field that asked, and is shown nowhere else. */
export function PasswordGenerator({ onPassword, onClose }: PasswordGeneratorProps) {
  const t = useMessages(messages);
  const [length, setLength] = useState("32");
  const [excluded, setExcluded] = useState("");
  const [chosen, setChosen] = useState<Partial<Record<(typeof exclusions)[number], boolean>>>({});
  const generate = useAction(
    (api) =>
      api.call("secretsmanager", "GetRandomPassword", {
        PasswordLength: Number(length),
        ...chosen,
        ...(excluded !== "" && { ExcludeCharacters: excluded }),
      }),
    { isRead: true },
  );
  const labels: Readonly<Record<(typeof exclusions)[number], string>> = {
    ExcludeUppercase: t.excludeUppercase,
    ExcludeLowercase: t.excludeLowercase,
    ExcludeNumbers: t.excludeNumbers,
    ExcludePunctuation: t.excludePunctuation,
    IncludeSpace: t.includeSpace,
  };
  async function submit(): Promise<void> {
    const answer = await generate.run();
    if (answer?.RandomPassword === undefined) return;
    onPassword(answer.RandomPassword);
    onClose();
  }
  return (
    <Dialog
      title={t.generate}
      submitText={t.generate}
      isRunning={generate.isRunning}
      error={generate.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField label={t.length}>
        <Input type="number" value={length} onChange={({ detail }) => setLength(detail.value)} />
      </FormField>
      <SpaceBetween size="xs">
        {exclusions.map((name) => (
          <Checkbox
            key={name}
            checked={chosen[name] ?? false}
            onChange={({ detail }) => setChosen({ ...chosen, [name]: detail.checked })}
          >
            {labels[name]}
          </Checkbox>
        ))}
      </SpaceBetween>
      <FormField label={t.excludeCharacters}>
        <Input value={excluded} spellcheck={false} onChange={({ detail }) => setExcluded(detail.value)} />
      </FormField>
    </Dialog>
  );
}
