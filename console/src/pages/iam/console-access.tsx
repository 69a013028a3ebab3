import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { isNotFound } from "../../api/error.ts";
import { useAction } from "../../data/use-action.ts";
import { useRead } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

/** Whether a user may sign in with a password, which is set here and never shown. */
export function ConsoleAccess({ user }: { readonly user: string }) {
  const t = useMessages(messages);
  const [asked, setAsked] = useState<"password" | "disable">();
  const read = useRead(["iam", "login-profile", user], async (api, options) => {
    try {
      return (await api.call("iam", "GetLoginProfile", { UserName: user }, options)).LoginProfile ?? null;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  });
  const profile = read.data;
  const close = () => setAsked(undefined);
  return (
    <>
      <Problem error={read.error} onRetry={() => read.refetch()} />
      <Details
        title={t.consoleSignIn}
        actions={
          profile !== undefined && (
            <SpaceBetween direction="horizontal" size="xs">
              {profile && <Button onClick={() => setAsked("disable")}>{t.disableAccess}</Button>}
              <Button onClick={() => setAsked("password")}>{profile ? t.manageAccess : t.enableAccess}</Button>
            </SpaceBetween>
          )
        }
        items={[
          { label: t.signInLink, value: <Copyable>{`${location.origin}/console/`}</Copyable> },
          {
            label: t.consolePassword,
            value:
              profile &&
              (profile.PasswordResetRequired ? (
                <StatusIndicator type="warning">{t.mustChange}</StatusIndicator>
              ) : (
                <StatusIndicator type="success">{t.enabled}</StatusIndicator>
              )),
          },
          { label: t.creationDate, value: profile && <Time at={profile.CreateDate} /> },
        ]}
      />
      {asked === "password" && <SetPassword user={user} isNew={!profile} onClose={close} />}
      {asked === "disable" && <DisableAccess user={user} onClose={close} />}
    </>
  );
}

interface AskedProps {
  readonly user: string;
  readonly onClose: () => void;
}

function SetPassword({ user, isNew, onClose }: AskedProps & { readonly isNew: boolean }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [password, setPassword] = useState("");
  const [mustChange, setMustChange] = useState(true);
  const set = useAction((api) =>
    api.call("iam", isNew ? "CreateLoginProfile" : "UpdateLoginProfile", {
      UserName: user,
      Password: password,
      PasswordResetRequired: mustChange,
    }),
  );
  async function submit(): Promise<void> {
    if (!(await set.run())) return;
    flash({ type: "success", text: t.passwordSet });
    onClose();
  }
  return (
    <Dialog
      title={isNew ? t.enableAccess : t.manageAccess}
      submitText={t.setPassword}
      isDisabled={password === ""}
      isRunning={set.isRunning}
      error={set.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField label={t.consolePassword} constraintText={t.passwordText}>
        <Input
          type="password"
          value={password}
          autoComplete="new-password"
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
      <Checkbox checked={mustChange} onChange={({ detail }) => setMustChange(detail.checked)}>
        {t.mustChangeText}
      </Checkbox>
    </Dialog>
  );
}

function DisableAccess({ user, onClose }: AskedProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) => api.call("iam", "DeleteLoginProfile", { UserName: user }));
  return (
    <ConfirmDelete
      what={t.consolePassword}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.accessDisabled });
        onClose();
      }}
    >
      {t.disableText}
    </ConfirmDelete>
  );
}
