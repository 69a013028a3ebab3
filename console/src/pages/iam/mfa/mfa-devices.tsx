import type { MFADevice } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { isNotFound } from "../../../api/error.ts";
import type { Wire } from "../../../api/wire.ts";
import { useAction } from "../../../data/use-action.ts";
import { useList } from "../../../data/use-call.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { ConfirmDelete } from "../../../parts/confirm-delete.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { AssignMfaDevice } from "./assign-mfa-device.tsx";
import { CodeFields, isWhole, noCodes } from "./code-fields.tsx";
import { messages } from "./messages.ts";

/** A user's MFA devices: each is assigned with two of its codes, which also bring its clock back in step. */
export function MfaDevices({ user: UserName }: { readonly user: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [asked, setAsked] = useState<"assign" | { readonly what: "remove" | "resync"; readonly serial: string }>();
  const read = useList("iam", "ListMFADevices", { UserName }, "MFADevices");
  const close = () => setAsked(undefined);
  return (
    <>
      <ResourceTable<Wire<MFADevice>>
        id="iam-mfa-devices"
        title={t.title}
        description={t.text}
        read={read}
        trackBy={({ SerialNumber = "" }) => SerialNumber}
        selection="single"
        filterPlaceholder={t.find}
        empty={{ title: t.empty, text: t.emptyText }}
        actions={([chosen]) => {
          const serial = chosen?.SerialNumber ?? "";
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!chosen} onClick={() => setAsked({ what: "remove", serial })}>
                {words.remove}
              </Button>
              <Button disabled={!chosen} onClick={() => setAsked({ what: "resync", serial })}>
                {t.resync}
              </Button>
              <Button onClick={() => setAsked("assign")}>{t.assign}</Button>
            </SpaceBetween>
          );
        }}
        columns={[
          { id: "type", header: words.type, width: 160, value: () => t.virtual, cell: () => t.virtual },
          {
            id: "identifier",
            header: t.identifier,
            isRowHeader: true,
            width: 420,
            value: ({ SerialNumber }) => SerialNumber,
            cell: ({ SerialNumber }) => <Text>{SerialNumber}</Text>,
          },
          {
            id: "created",
            header: t.createdOn,
            value: ({ EnableDate }) => EnableDate,
            cell: ({ EnableDate }) => <Time at={EnableDate} />,
          },
        ]}
      />
      {asked === "assign" && <AssignMfaDevice user={UserName} onClose={close} />}
      {typeof asked === "object" && asked.what === "remove" && (
        <Remove user={UserName} serial={asked.serial} onClose={close} />
      )}
      {typeof asked === "object" && asked.what === "resync" && (
        <Resync user={UserName} serial={asked.serial} onClose={close} />
      )}
    </>
  );
}

interface AskedProps {
  readonly user: string;
  readonly serial: string;
  readonly onClose: () => void;
}

/** As AWS's console does: a device that nobody has any more is deleted too, so that its name is free. */
function Remove({ user: UserName, serial: SerialNumber, onClose }: AskedProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction(async (api) => {
    await api.call("iam", "DeactivateMFADevice", { UserName, SerialNumber }).catch((error: unknown) => {
      // The first try came this far.
      if (!isNotFound(error)) throw error;
    });
    return api.call("iam", "DeleteVirtualMFADevice", { SerialNumber });
  });
  return (
    <ConfirmDelete
      what={SerialNumber}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.removed });
        onClose();
      }}
    >
      {t.removeText}
    </ConfirmDelete>
  );
}

function Resync({ user: UserName, serial: SerialNumber, onClose }: AskedProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [codes, setCodes] = useState(noCodes);
  const resync = useAction((api) => api.call("iam", "ResyncMFADevice", { UserName, SerialNumber, ...codes }));
  async function submit(): Promise<void> {
    if (!(await resync.run())) return;
    flash({ type: "success", text: t.resynced });
    onClose();
  }
  return (
    <Dialog
      title={t.resync}
      submitText={t.resync}
      isDisabled={!isWhole(codes)}
      isRunning={resync.isRunning}
      error={resync.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <CodeFields codes={codes} onChange={setCodes} />
    </Dialog>
  );
}
