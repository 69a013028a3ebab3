import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import type { Path } from "../document.ts";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";

const protocols = [
  { value: "tcp", label: "TCP" },
  { value: "udp", label: "UDP" },
];

/** A container's ports. With awsvpc a port is the same outside, and there is no host port to enter. */
export function PortsField({ container }: { readonly container: Path }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const editor = useEditor();
  const path = [...container, "portMappings"];
  const hasHostPorts = !["awsvpc", "host"].includes(editor.text(["networkMode"]));
  const rows = editor.list(path).map((_, index) => index);
  const number = (index: number, member: string, label: string) => (
    <Input
      type="number"
      value={editor.text([...path, index, member])}
      ariaLabel={label}
      onChange={({ detail }) =>
        editor.set([...path, index, member], detail.value === "" ? undefined : Number(detail.value))
      }
    />
  );
  return (
    <AttributeEditor<number>
      items={rows}
      addButtonText={t.addPort}
      removeButtonText={words.remove}
      onAddButtonClick={() => editor.add(path, { containerPort: 80, protocol: "tcp" })}
      onRemoveButtonClick={({ detail }) => editor.set([...path, detail.itemIndex], undefined)}
      definition={[
        { label: t.containerPort, control: (index) => number(index, "containerPort", t.containerPort) },
        ...(hasHostPorts
          ? [{ label: t.hostPort, control: (index: number) => number(index, "hostPort", t.hostPort) }]
          : []),
        {
          label: t.protocol,
          control: (index) => (
            <Select
              ariaLabel={t.protocol}
              selectedOption={
                protocols.find(({ value }) => value === (editor.text([...path, index, "protocol"]) || "tcp")) ?? null
              }
              options={protocols}
              onChange={({ detail }) => editor.set([...path, index, "protocol"], detail.selectedOption.value)}
            />
          ),
        },
      ]}
    />
  );
}
