import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect, useState } from "react";
import type { Api } from "../api/client.ts";
import { useAction } from "../data/use-action.ts";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { useIsOver } from "../session/context.tsx";
import { Problem } from "./problem.tsx";

export interface SecretValueProps<Value> {
  /** Which value it is. When it changes, what was shown is dropped. */
  readonly of: string;
  /** Reads the value; the call is audited. */
  readonly reveal: (api: Api) => Promise<Value>;
  /** "Retrieve secret value" */
  readonly showText: string;
  readonly hideText?: string;
  /** How the value is shown; as text with a button that copies it if not given. */
  readonly children?: (value: Value) => ReactNode;
}

/** A secret that is read when it is asked for, and gone from the page and from memory when it is hidden or the session ends. */
export function SecretValue<Value = string>({ of, ...props }: SecretValueProps<Value>) {
  return <Revealed key={of} {...props} />;
}

function Revealed<Value>({ reveal, showText, hideText, children }: Omit<SecretValueProps<Value>, "of">) {
  const t = useMessages(common);
  const [shown, setShown] = useState<{ readonly value: Value }>();
  const read = useAction(reveal, { isRead: true });
  if (useIsOver() && shown !== undefined) setShown(undefined);
  useEffect(() => {
    if (shown === undefined) return undefined;
    const hideWithPage = () => document.hidden && setShown(undefined);
    document.addEventListener("visibilitychange", hideWithPage);
    return () => document.removeEventListener("visibilitychange", hideWithPage);
  }, [shown]);
  async function show(): Promise<void> {
    const value = await read.run();
    if (value !== undefined) setShown({ value });
  }
  return (
    <SpaceBetween size="xs">
      <Problem error={read.error} onDismiss={read.clear} />
      {shown === undefined ? (
        <Button iconName="view-full" loading={read.isRunning} onClick={() => void show()}>
          {showText}
        </Button>
      ) : (
        <>
          <Button iconName="lock-private" onClick={() => setShown(undefined)}>
            {hideText ?? t.hide}
          </Button>
          {children ? children(shown.value) : <PlainSecret value={String(shown.value)} />}
        </>
      )}
    </SpaceBetween>
  );
}

/** A secret as text, with a button that copies it. */
export function PlainSecret({ value }: { readonly value: string }) {
  const t = useMessages(common);
  return (
    <SpaceBetween size="xs">
      <pre className="app-secret" dir="ltr">
        {value}
      </pre>
      <CopyToClipboard
        copyButtonText={t.copy}
        copyButtonAriaLabel={t.copy}
        textToCopy={value}
        copySuccessText={t.copied}
        copyErrorText={t.copyFailed}
      />
    </SpaceBetween>
  );
}
