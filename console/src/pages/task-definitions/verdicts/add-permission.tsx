import Box from "@cloudscape-design/components/box";
import { everyPage } from "../../../api/pages.ts";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { JsonEditor } from "../../../parts/json-editor.tsx";
import { isolated } from "../../../parts/text.tsx";
import { messages } from "./messages.ts";
import { freeName, policyFor } from "./policy.ts";
import type { Need } from "./verdict.ts";

interface AddPermissionProps {
  readonly role: string;
  readonly family: string;
  readonly needs: readonly Need[];
  readonly onClose: () => void;
}

/** Shows the smallest policy that allows what is missing, and gives it to the role once that is confirmed. */
export function AddPermission({ role, family, needs, onClose }: AddPermissionProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const document = JSON.stringify(policyFor(needs), null, 2);
  const action = useAction(async (api) => {
    const taken = await everyPage(api, "iam", "ListRolePolicies", { RoleName: role }, "PolicyNames");
    const name = freeName(family, taken);
    await api.call("iam", "PutRolePolicy", { RoleName: role, PolicyName: name, PolicyDocument: document });
    return name;
  });
  async function run(): Promise<void> {
    const name = await action.run();
    if (name === undefined) return;
    flash({ type: "success", text: t.added(name, isolated(role)) });
    onClose();
  }
  return (
    <Dialog
      size="large"
      title={t.addTitle}
      submitText={t.add}
      isRunning={action.isRunning}
      error={action.error}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Box>{t.addText(isolated(role))}</Box>
      <JsonEditor value={document} readOnly rows={Math.min(document.split("\n").length + 1, 24)} label={t.document} />
    </Dialog>
  );
}
