import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import ToggleButton from "@cloudscape-design/components/toggle-button";
import { useState } from "react";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { PlainSecret } from "../../../parts/secret-value.tsx";
import { CodeFields, isWhole, noCodes } from "./code-fields.tsx";
import { messages } from "./messages.ts";

interface AssignProps {
  readonly user: string;
  readonly onClose: () => void;
}

/** A device that has been made, and belongs to nobody yet. */
interface Made {
  readonly serial: string;
  /** In base 32, as authenticator apps take it. */
  readonly seed: string;
  /** A picture of the same, in base64. */
  readonly qrCode: string;
}

/** Makes a virtual device, shows its secret to an authenticator app, and assigns it with two of its codes. */
export function AssignMfaDevice({ user, onClose }: AssignProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [name, setName] = useState(user);
  const [made, setMade] = useState<Made>();
  const create = useAction(async (api): Promise<Made> => {
    const { VirtualMFADevice: device } = await api.call("iam", "CreateVirtualMFADevice", {
      VirtualMFADeviceName: name,
    });
    return {
      serial: device?.SerialNumber ?? "",
      seed: atob(device?.Base32StringSeed ?? ""),
      qrCode: device?.QRCodePNG ?? "",
    };
  });
  if (made) return <SetUp user={user} made={made} onClose={onClose} />;
  return (
    <Dialog
      title={t.assign}
      submitText={words.next}
      isDisabled={name === ""}
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={async () => setMade(await create.run())}
      onClose={onClose}
    >
      <FormField label={t.deviceName} description={t.deviceNameText} constraintText={t.deviceNameConstraint}>
        <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </Dialog>
  );
}

/** The secret is on the page while it is asked for, and gone with the dialog: the API shows it no second time. */
function SetUp({ user: UserName, made, onClose }: AssignProps & { readonly made: Made }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [shown, setShown] = useState<"qr" | "key">();
  const [codes, setCodes] = useState(noCodes);
  const { serial: SerialNumber } = made;
  const enable = useAction((api) => api.call("iam", "EnableMFADevice", { UserName, SerialNumber, ...codes }));
  // Otherwise its name would be taken by a device that nobody can use.
  const discard = useAction((api) => api.call("iam", "DeleteVirtualMFADevice", { SerialNumber }));
  async function submit(): Promise<void> {
    if (!(await enable.run())) return;
    flash({ type: "success", text: t.assigned });
    onClose();
  }
  async function cancel(): Promise<void> {
    if (await discard.run()) onClose();
  }
  const toggle = (what: "qr" | "key") => setShown(shown === what ? undefined : what);
  return (
    <Dialog
      title={t.setUp}
      submitText={t.addMfa}
      holdsSecret
      isDisabled={!isWhole(codes)}
      isRunning={enable.isRunning || discard.isRunning}
      error={enable.error ?? discard.error}
      onSubmit={() => void submit()}
      onClose={() => void cancel()}
    >
      <Box>{t.setUpText}</Box>
      <SpaceBetween direction="horizontal" size="xs">
        <ToggleButton pressed={shown === "qr"} onChange={() => toggle("qr")}>
          {t.showQrCode}
        </ToggleButton>
        <ToggleButton pressed={shown === "key"} onChange={() => toggle("key")}>
          {t.showSecretKey}
        </ToggleButton>
      </SpaceBetween>
      {shown === "qr" && <img className="app-qr-code" alt={t.qrCode} src={`data:image/png;base64,${made.qrCode}`} />}
      {shown === "key" && <PlainSecret value={made.seed} />}
      <CodeFields codes={codes} onChange={setCodes} />
    </Dialog>
  );
}
