import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useMessages } from "../../../i18n/messages.ts";
import { useApi } from "../../../session/context.tsx";
import type { Path } from "../document.ts";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";
import { SelectField } from "./fields.tsx";
import { VariablesField } from "./variables-field.tsx";

const drivers = ["awslogs", "awsfirelens", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog"];

/** A container's log driver, with options and secret options. */
export function LoggingFields({ container }: { readonly container: Path }) {
  const t = useMessages(messages);
  const editor = useEditor();
  const { region } = useApi();
  const path = [...container, "logConfiguration"];
  const isOn = editor.get(path) !== undefined;

  function awslogs() {
    const family = editor.text(["family"]);
    const options = {
      "awslogs-group": `/ecs/${family}`,
      "awslogs-region": region,
      "awslogs-stream-prefix": "ecs",
      "awslogs-create-group": "true",
    };
    return { logDriver: "awslogs", options };
  }

  return (
    <SpaceBetween size="m">
      <Toggle checked={isOn} onChange={({ detail }) => editor.set(path, detail.checked ? awslogs() : undefined)}>
        {t.logCollection}
      </Toggle>
      {isOn && (
        <>
          <SelectField path={[...path, "logDriver"]} label={t.logDriver} options={drivers} isRequired />
          <FormField stretch>
            <VariablesField
              places={{ values: [...path, "options"], isMap: true, valuesFrom: [...path, "secretOptions"] }}
              nameLabel={t.option}
              addText={t.addOption}
            />
          </FormField>
        </>
      )}
    </SpaceBetween>
  );
}
