import Button from "@cloudscape-design/components/button";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Api } from "../../api/client.ts";
import { messageOf } from "../../api/error.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To } from "../../parts/links.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable, type ResourceTableProps } from "../../parts/resource-table.tsx";
import { isolated, Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";

type Read = ResourceTableProps<string>["read"];

export interface MembersProps {
  /** What the names are of. */
  readonly kind: "user" | "group";
  readonly title: string;
  readonly empty: string;
  readonly findText: string;
  readonly addText: string;
  readonly chooseText: string;
  /** The names that belong to it. */
  readonly read: Read;
  /** All names that there are. */
  readonly all: Read;
  readonly add: (api: Api, name: string) => Promise<object>;
  readonly remove: (api: Api, name: string) => Promise<object>;
}

/** The users of a group, or the groups of a user: add some, and remove one. */
export function Members(props: MembersProps) {
  const { kind, title, read } = props;
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [isAdding, setAdding] = useState(false);
  const remove = useAction(props.remove);
  async function drop(name: string, clear: () => void): Promise<void> {
    if (!(await remove.run(name))) return;
    clear();
    flash({ type: "success", text: t.memberAdded });
  }
  return (
    <SpaceBetween size="m">
      <Problem error={remove.error} onDismiss={remove.clear} />
      <ResourceTable<string>
        id={`iam-members-${kind}`}
        title={title}
        read={read}
        trackBy={(name) => name}
        selection="single"
        filterPlaceholder={props.findText}
        empty={{ title: props.empty }}
        actions={([chosen], clear) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={chosen === undefined}
              loading={remove.isRunning}
              onClick={() => chosen !== undefined && void drop(chosen, clear)}
            >
              {words.remove}
            </Button>
            <Button onClick={() => setAdding(true)}>{props.addText}</Button>
          </SpaceBetween>
        )}
        columns={[
          {
            id: "name",
            header: kind === "user" ? t.userName : t.groupName,
            isRowHeader: true,
            value: (name) => name,
            cell: (name) => (
              <To to={to[kind](name)}>
                <Text>{name}</Text>
              </To>
            ),
          },
        ]}
      />
      {isAdding && <AddMembers {...props} onClose={() => setAdding(false)} />}
    </SpaceBetween>
  );
}

function AddMembers({ read, all, onClose, ...props }: MembersProps & { readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const add = useAction(async (api) => {
    for (const name of chosen) await props.add(api, name);
    return true;
  });
  async function submit(): Promise<void> {
    if (!(await add.run())) return;
    flash({ type: "success", text: t.memberAdded });
    onClose();
  }
  const others = { ...all, data: all.data?.filter((name) => !read.data?.includes(name)) };
  return (
    <Dialog
      title={props.addText}
      submitText={props.addText}
      isDisabled={chosen.length === 0}
      isRunning={add.isRunning}
      error={add.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <ChooseNames read={others} chosen={chosen} onChange={setChosen} placeholder={props.chooseText} />
    </Dialog>
  );
}

/** Several names of a list. */
export function ChooseNames({
  read,
  chosen,
  onChange,
  placeholder,
}: {
  readonly read: Pick<Read, "data" | "error">;
  readonly chosen: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
  readonly placeholder: string;
}) {
  const options = (read.data ?? []).map((name) => ({ value: name, label: isolated(name) }));
  return (
    <Multiselect
      ariaLabel={placeholder}
      placeholder={placeholder}
      filteringType="auto"
      selectedOptions={options.filter(({ value }) => chosen.includes(value))}
      options={options}
      statusType={read.error ? "error" : read.data === undefined ? "loading" : "finished"}
      errorText={read.error ? messageOf(read.error) : ""}
      onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value = "" }) => value))}
    />
  );
}
