import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../../../i18n/messages.ts";
import { isolated } from "../../../parts/text.tsx";
import { otherMembers, type Path } from "../document.ts";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";
import { CheckField, CommaField, NumberField, TextField } from "./fields.tsx";
import { LoggingFields } from "./logging-fields.tsx";
import { PortsField } from "./ports-field.tsx";
import { VariablesField } from "./variables-field.tsx";

/** The members of a container that are fields here. */
const shown = new Set([
  ...["name", "image", "essential", "repositoryCredentials", "portMappings", "cpu", "memory", "memoryReservation"],
  ...["readonlyRootFilesystem", "environment", "secrets", "logConfiguration", "entryPoint", "command"],
  ...["workingDirectory", "user"],
]);

export function ContainerFields({ index, isOnly }: { readonly index: number; readonly isOnly: boolean }) {
  const t = useMessages(messages);
  const editor = useEditor();
  const container: Path = ["containerDefinitions", index];
  const others = otherMembers(editor.get(container), shown);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={isolated(editor.text([...container, "name"]))}
          actions={
            !isOnly && (
              <Button formAction="none" onClick={() => editor.set(container, undefined)}>
                {t.removeContainer}
              </Button>
            )
          }
        >
          {t.container(index + 1)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <TextField path={[...container, "name"]} label={t.name} isRequired />
          <TextField path={[...container, "image"]} label={t.image} description={t.imageText} isRequired />
        </ColumnLayout>
        <CheckField path={[...container, "essential"]} label={t.essential} description={t.essentialText} byDefault />
        <TextField
          path={[...container, "repositoryCredentials", "credentialsParameter"]}
          label={t.privateRegistry}
          description={t.privateRegistryText}
        />
        <FormField label={t.portMappings} stretch>
          <PortsField container={container} />
        </FormField>
        <CheckField path={[...container, "readonlyRootFilesystem"]} label={t.readonlyRoot} />
        <FormField label={t.resourceLimits} stretch>
          <ColumnLayout columns={3}>
            <NumberField path={[...container, "cpu"]} label={t.cpu} description={t.cpuText} />
            <NumberField path={[...container, "memory"]} label={t.memoryHard} description={t.memoryText} />
            <NumberField path={[...container, "memoryReservation"]} label={t.memorySoft} description={t.memoryText} />
          </ColumnLayout>
        </FormField>
        <FormField label={t.environmentVariables} description={t.environmentText} stretch>
          <VariablesField
            places={{ values: [...container, "environment"], isMap: false, valuesFrom: [...container, "secrets"] }}
            nameLabel={t.name}
            addText={t.addVariable}
          />
        </FormField>
        <ExpandableSection headerText={t.logging} defaultExpanded>
          <LoggingFields container={container} />
        </ExpandableSection>
        <ExpandableSection headerText={t.dockerConfiguration}>
          <SpaceBetween size="l">
            <CommaField path={[...container, "entryPoint"]} label={t.entryPoint} placeholder="sh,-c" />
            <CommaField path={[...container, "command"]} label={t.command} placeholder="echo,hello" />
            <TextField path={[...container, "workingDirectory"]} label={t.workingDirectory} />
            <TextField path={[...container, "user"]} label={t.user} />
          </SpaceBetween>
        </ExpandableSection>
        {others.length > 0 && <Box color="text-body-secondary">{t.more(others.join(", "))}</Box>}
      </SpaceBetween>
    </Container>
  );
}
