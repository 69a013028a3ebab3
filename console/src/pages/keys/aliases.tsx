import type { AliasListEntry } from "@aws-sdk/client-kms";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { aliasProblem } from "./alias.ts";
import { messages } from "./messages.ts";

export function Aliases({ keyId, isOwn }: { readonly keyId: string; readonly isOwn: boolean }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [doomed, setDoomed] = useState<string>();
  const [isCreating, setCreating] = useState(false);
  const read = useList("kms", "ListAliases", { KeyId: keyId }, "Aliases");
  return (
    <>
      <ResourceTable<Wire<AliasListEntry>>
        id="kms-aliases"
        title={t.aliases}
        read={read}
        trackBy={({ AliasName = "" }) => AliasName}
        {...(isOwn && { selection: "single" as const })}
        filterPlaceholder={t.findAliases}
        empty={{ title: t.noAliases, text: t.aliasText }}
        actions={([chosen]) =>
          isOwn && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!chosen} onClick={() => setDoomed(chosen?.AliasName)}>
                {words.delete}
              </Button>
              <Button onClick={() => setCreating(true)}>{t.createAlias}</Button>
            </SpaceBetween>
          )
        }
        columns={[
          {
            id: "name",
            header: t.alias,
            isRowHeader: true,
            width: 420,
            value: ({ AliasName }) => AliasName,
            cell: ({ AliasName }) => <Text>{AliasName}</Text>,
          },
          {
            id: "created",
            header: t.creationDate,
            value: ({ CreationDate }) => CreationDate,
            cell: ({ CreationDate }) => <Time at={CreationDate} />,
          },
        ]}
      />
      {doomed !== undefined && <DeleteAlias name={doomed} onClose={() => setDoomed(undefined)} />}
      {isCreating && <CreateAlias keyId={keyId} onClose={() => setCreating(false)} />}
    </>
  );
}

function DeleteAlias({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) => api.call("kms", "DeleteAlias", { AliasName: name }));
  return (
    <ConfirmDelete
      what={name}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.aliasDeleted });
        onClose();
      }}
    />
  );
}

function CreateAlias({ keyId, onClose }: { readonly keyId: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [name, setName] = useState("");
  const [isTried, setTried] = useState(false);
  const create = useAction((api) => api.call("kms", "CreateAlias", { AliasName: `alias/${name}`, TargetKeyId: keyId }));
  const problem = aliasProblem(name);
  async function submit(): Promise<void> {
    setTried(true);
    if (problem || !(await create.run())) return;
    flash({ type: "success", text: t.aliasCreated });
    onClose();
  }
  return (
    <Dialog
      title={t.createAlias}
      submitText={words.create}
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField
        label={t.alias}
        description={t.aliasText}
        errorText={isTried && problem ? (problem === "required" ? words.required : t.aliasInvalid) : undefined}
      >
        <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </Dialog>
  );
}
