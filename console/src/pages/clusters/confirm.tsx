import type { ReactNode } from "react";
import type { Action } from "../../data/use-action.ts";
import { Dialog } from "../../parts/dialog.tsx";

export interface ConfirmProps {
  readonly title: string;
  /** The button that does it. */
  readonly doText: string;
  readonly action: Action<readonly [], unknown>;
  readonly onClose: (isDone: boolean) => void;
  readonly children: ReactNode;
}

/** Asks before something is done that can be done again: a stop, a deployment. Render it while it is asked. */
export function Confirm({ title, doText, action, onClose, children }: ConfirmProps) {
  async function confirm(): Promise<void> {
    if ((await action.run()) !== undefined) onClose(true);
  }
  return (
    <Dialog
      title={title}
      submitText={doText}
      isRunning={action.isRunning}
      error={action.error}
      onSubmit={() => void confirm()}
      onClose={() => onClose(false)}
    >
      {children}
    </Dialog>
  );
}
