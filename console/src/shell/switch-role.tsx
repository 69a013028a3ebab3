import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useMessages } from "../i18n/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useApi, useSession } from "../session/context.tsx";
import { session as messages } from "../session/messages.ts";
import { assumed } from "../session/renew.ts";
import type { SessionStore } from "../session/store.ts";

/** Asks for a role and works as it from then on, until the person switches back. */
export function SwitchRole({ store, onClose }: { readonly store: SessionStore; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const { region } = useApi();
  const current = useSession();
  const [account, setAccount] = useState(current.identity.accountId);
  const [role, setRole] = useState("");
  const [state, setState] = useState<{ readonly isRunning: boolean; readonly error?: unknown }>({ isRunning: false });

  async function go(): Promise<void> {
    setState({ isRunning: true });
    // A role cannot assume itself again and again: roles are switched from the identity that signed in.
    const base = current.base ?? current;
    const [, partition = "aws"] = base.identity.arn.split(":");
    const arn = role.startsWith("arn:") ? role.trim() : `arn:${partition}:iam::${account.trim()}:role/${role.trim()}`;
    try {
      store.signIn(await assumed(base, arn, sessionNameOf(base.identity.name), region));
      onClose();
    } catch (error) {
      setState({ isRunning: false, error });
    }
  }

  return (
    <Dialog
      title={t.switchRole}
      submitText={t.switchRole}
      isRunning={state.isRunning}
      isDisabled={role.trim() === ""}
      error={state.error}
      onSubmit={() => void go()}
      onClose={onClose}
    >
      <Box>{t.switchRoleText}</Box>
      <FormField label={t.account}>
        <Input
          value={account}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => setAccount(detail.value)}
        />
      </FormField>
      <FormField label={t.roleName} description={t.roleHint}>
        <Input value={role} autoFocus autoComplete={false} onChange={({ detail }) => setRole(detail.value)} />
      </FormField>
    </Dialog>
  );
}

/** A session's name of what AWS allows there: letters, digits and `=,.@-_`, 2 to 64 of them. */
function sessionNameOf(name: string): string {
  return name
    .replace(/[^\w=,.@-]/g, "-")
    .slice(0, 64)
    .padEnd(2, "-");
}
