import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../i18n/messages.ts";
import { useApi, useSession } from "../session/context.tsx";
import { resumed } from "../session/renew.ts";
import { SignInForm } from "../session/sign-in-form.tsx";
import type { SessionStore } from "../session/store.ts";
import { signOutEverywhere } from "../session/tabs.ts";
import { shell } from "./messages.ts";

/** Over the page on which the session ended: it goes on where it was once the person has signed in again. */
export function Expired({ store }: { readonly store: SessionStore }) {
  const t = useMessages(shell);
  const { region } = useApi();
  const session = useSession();
  const { base } = session;
  const { identity } = base ?? session;
  return (
    <Modal
      visible
      header={t.expired}
      closeAriaLabel={t.signOut}
      onDismiss={({ detail }) => detail.reason === "closeButton" && signOutEverywhere(store)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {base && <Button onClick={() => void store.switchBack(base)}>{t.switchBack(base.identity.name)}</Button>}
            <Button onClick={() => signOutEverywhere(store)}>{t.signOut}</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{t.expiredText}</Box>
        <SignInForm
          region={region}
          {...(identity.name !== "root" && { expected: identity })}
          onSession={async (next) => store.signIn(await resumed(session, next, region))}
        />
      </SpaceBetween>
    </Modal>
  );
}
