import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { type TagPair, TagsEditor } from "../../../parts/tags.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { ecs } from "../words.ts";
import { type Change, idsOf, isFargate, type LaunchForm } from "./form.ts";
import { messages } from "./messages.ts";

interface Fields {
  readonly form: LaunchForm;
  readonly change: Change<LaunchForm>;
}

/** The network of a task that has an address of its own. */
export function NetworkFields({ form, change, isTried }: Fields & { readonly isTried: boolean }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  return (
    <Container
      header={
        <Header variant="h2" description={t.networkText}>
          {t.networking}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <TextField
          label={e.subnets}
          value={form.subnets}
          constraint={t.listText}
          error={isTried && idsOf(form.subnets).length === 0 ? words.required : undefined}
          onChange={(subnets) => change({ subnets })}
        />
        <TextField
          label={e.securityGroups}
          isOptional
          value={form.securityGroups}
          constraint={t.listText}
          onChange={(securityGroups) => change({ securityGroups })}
        />
        {isFargate(form) && (
          <Checkbox
            checked={form.publicIp}
            description={t.publicIpText}
            onChange={({ detail }) => change({ publicIp: detail.checked })}
          >
            {e.publicIp}
          </Checkbox>
        )}
      </SpaceBetween>
    </Container>
  );
}

export function ExecField({ form, change }: Fields) {
  const t = useMessages(messages);
  return (
    <Checkbox checked={form.exec} description={t.execText} onChange={({ detail }) => change({ exec: detail.checked })}>
      {t.exec}
    </Checkbox>
  );
}

/** The tags of what is made, and those that its tasks get. */
export function TagFields({
  form,
  change,
  tags,
  onTags,
  sources,
}: Fields & {
  readonly tags: readonly TagPair[];
  /** Absent where the tags are changed elsewhere. */
  readonly onTags?: (tags: readonly TagPair[]) => void;
  /** What tasks may get tags from. */
  readonly sources: readonly ("TASK_DEFINITION" | "SERVICE")[];
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const names = { NONE: t.propagateNone, TASK_DEFINITION: e.taskDefinition, SERVICE: t.theService };
  const options = (["NONE", ...sources] as const).map((value) => ({ value, label: names[value] }));
  return (
    <Container header={<Header variant="h2">{words.tags}</Header>}>
      <SpaceBetween size="l">
        <Checkbox checked={form.managedTags} onChange={({ detail }) => change({ managedTags: detail.checked })}>
          {t.managedTags}
        </Checkbox>
        <FormField label={t.propagate}>
          <Select
            selectedOption={options.find(({ value }) => value === form.propagate) ?? null}
            options={options}
            onChange={({ detail }) => change({ propagate: detail.selectedOption.value as LaunchForm["propagate"] })}
          />
        </FormField>
        {onTags && <TagsEditor tags={tags} onChange={onTags} />}
      </SpaceBetween>
    </Container>
  );
}
