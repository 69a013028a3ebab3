import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { isolated } from "../../../parts/text.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import type { TaskDefinition } from "../types.ts";
import type { Change, ContainerOverride, RunTaskForm } from "./form.ts";
import { messages } from "./messages.ts";

const noOverride: ContainerOverride = { command: "", environment: [] };

/** What these tasks have otherwise than their definition says. */
export function OverrideFields({
  form,
  change,
  definition,
}: {
  readonly form: RunTaskForm;
  readonly change: Change<RunTaskForm>;
  readonly definition: TaskDefinition | undefined;
}) {
  const t = useMessages(messages);
  return (
    <SpaceBetween size="l">
      <ExpandableSection variant="container" headerText={t.taskOverrides}>
        <ColumnLayout columns={2}>
          <TextField
            label={t.taskRole}
            isOptional
            value={form.taskRole}
            onChange={(taskRole) => change({ taskRole })}
          />
          <TextField
            label={t.executionRole}
            isOptional
            value={form.executionRole}
            onChange={(executionRole) => change({ executionRole })}
          />
          <TextField label={t.cpu} isOptional value={form.cpu} onChange={(cpu) => change({ cpu })} />
          <TextField label={t.memory} isOptional value={form.memory} onChange={(memory) => change({ memory })} />
        </ColumnLayout>
      </ExpandableSection>
      <ExpandableSection variant="container" headerText={t.overrides}>
        <SpaceBetween size="l">
          {(definition?.containerDefinitions ?? []).map(({ name = "" }) => (
            <ContainerFields
              key={name}
              name={name}
              override={form.containers[name] ?? noOverride}
              onChange={(override) => change({ containers: { ...form.containers, [name]: override } })}
            />
          ))}
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}

function ContainerFields({
  name,
  override,
  onChange,
}: {
  readonly name: string;
  readonly override: ContainerOverride;
  readonly onChange: (override: ContainerOverride) => void;
}) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { environment } = override;
  const set = (index: number, part: Partial<(typeof environment)[number]>) =>
    onChange({ ...override, environment: environment.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <ExpandableSection headerText={isolated(name)} defaultExpanded>
      <SpaceBetween size="m">
        <TextField
          label={t.command}
          isOptional
          constraint={t.commandText}
          value={override.command}
          onChange={(command) => onChange({ ...override, command })}
        />
        <FormField label={t.variables} description={t.variablesText} stretch>
          <AttributeEditor
            items={[...environment]}
            addButtonText={t.addVariable}
            removeButtonText={words.remove}
            onAddButtonClick={() => onChange({ ...override, environment: [...environment, { name: "", value: "" }] })}
            onRemoveButtonClick={({ detail }) =>
              onChange({ ...override, environment: environment.filter((_, index) => index !== detail.itemIndex) })
            }
            definition={[
              {
                label: words.key,
                control: (item, index) => (
                  <Input
                    value={item.name}
                    ariaLabel={words.key}
                    onChange={({ detail }) => set(index, { name: detail.value })}
                  />
                ),
              },
              {
                label: words.value,
                control: (item, index) => (
                  <Input
                    value={item.value}
                    ariaLabel={words.value}
                    onChange={({ detail }) => set(index, { value: detail.value })}
                  />
                ),
              },
            ]}
          />
        </FormField>
      </SpaceBetween>
    </ExpandableSection>
  );
}
