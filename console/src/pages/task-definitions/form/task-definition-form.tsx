import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { type TagPair, TagsEditor, tagPairs } from "../../../parts/tags.tsx";
import { otherMembers } from "../document.ts";
import { messages } from "../messages.ts";
import { ContainerFields } from "./container-fields.tsx";
import { documentEditor, EditorContext, useEditor } from "./editor.ts";
import { SelectField, SuggestField, TextField } from "./fields.tsx";
import { RoleField } from "./role-field.tsx";

export interface TaskDefinitionFormProps {
  /** JSON. */
  readonly document: string;
  readonly onChange: (document: string) => void;
  /** True once somebody tried to create it, so that what is missing is said. */
  readonly isTried: boolean;
  /** A new revision has its family already. */
  readonly isFamilyFixed: boolean;
}

const shown = new Set([
  ...["family", "requiresCompatibilities", "networkMode", "cpu", "memory", "runtimePlatform"],
  ...["taskRoleArn", "executionRoleArn", "containerDefinitions", "tags"],
]);

/** The document as a form. It shows what most definitions hold, and leaves the rest as it is. */
export function TaskDefinitionForm({ document, onChange, isTried, isFamilyFixed }: TaskDefinitionFormProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const editor = documentEditor(document, onChange, isTried);
  const containers = editor.list(["containerDefinitions"]);
  const others = otherMembers(editor.get([]), shown);
  return (
    <EditorContext value={editor}>
      <SpaceBetween size="l">
        {!isFamilyFixed && (
          <Container header={<Header variant="h2">{t.configuration}</Header>}>
            <TextField path={["family"]} label={t.family} description={t.familyText} isRequired />
          </Container>
        )}
        <Infrastructure />
        {containers.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a container is its place in the document
          <ContainerFields key={index} index={index} isOnly={containers.length === 1} />
        ))}
        <Button
          formAction="none"
          iconName="add-plus"
          onClick={() =>
            editor.add(["containerDefinitions"], { name: "", image: "", essential: containers.length === 0 })
          }
        >
          {t.addContainer}
        </Button>
        <Container header={<Header variant="h2">{words.tags}</Header>}>
          <TagsEditor
            tags={tagPairs(editor.list(["tags"]) as readonly object[])}
            onChange={(tags: readonly TagPair[]) => editor.set(["tags"], tags.length === 0 ? undefined : tags)}
          />
        </Container>
        {others.length > 0 && <Box color="text-body-secondary">{t.more(others.join(", "))}</Box>}
      </SpaceBetween>
    </EditorContext>
  );
}

function Infrastructure() {
  const t = useMessages(messages);
  const editor = useEditor();
  const chosen = editor.list(["requiresCompatibilities"]);
  const launchTypes = [
    ["FARGATE", "AWS Fargate"],
    ["EC2", "Amazon EC2"],
    ["EXTERNAL", t.external],
  ] as const;
  const isFargate = chosen.includes("FARGATE");
  return (
    <Container header={<Header variant="h2">{t.infrastructure}</Header>}>
      <SpaceBetween size="l">
        <FormField label={t.compatibilities} description={t.compatibilitiesText}>
          <SpaceBetween direction="horizontal" size="l">
            {launchTypes.map(([value, label]) => (
              <Checkbox
                key={value}
                checked={chosen.includes(value)}
                onChange={({ detail }) => {
                  const next = detail.checked ? [...chosen, value] : chosen.filter((other) => other !== value);
                  editor.set(["requiresCompatibilities"], next.length === 0 ? undefined : next);
                }}
              >
                {label}
              </Checkbox>
            ))}
          </SpaceBetween>
        </FormField>
        <ColumnLayout columns={2}>
          <SelectField
            path={["networkMode"]}
            label={t.networkMode}
            options={["awsvpc", "bridge", "host", "none"]}
            none="default"
          />
          <SelectField
            path={["runtimePlatform", "cpuArchitecture"]}
            label={t.architecture}
            options={["X86_64", "ARM64"]}
            none={t.noLabels}
          />
          <SuggestField
            path={["cpu"]}
            label={t.cpu}
            description={t.cpuText}
            isRequired={isFargate}
            options={["256", "512", "1024", "2048", "4096", "8192", "16384"]}
          />
          <SuggestField
            path={["memory"]}
            label={t.memory}
            description={t.memoryText}
            isRequired={isFargate}
            options={["512", "1024", "2048", "3072", "4096", "8192", "16384", "30720"]}
          />
          <RoleField member="taskRoleArn" label={t.taskRole} description={t.taskRoleText} />
          <RoleField member="executionRoleArn" label={t.executionRole} description={t.executionRoleText} />
        </ColumnLayout>
      </SpaceBetween>
    </Container>
  );
}
