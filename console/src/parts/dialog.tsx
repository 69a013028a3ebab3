import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useId } from "react";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Problem } from "./problem.tsx";

export interface DialogProps {
  readonly title: string;
  readonly size?: ModalProps.Size;
  /** Of the button that does it; Enter in a field does it too. */
  readonly submitText: string;
  readonly onSubmit: () => void;
  /** "Cancel", or the cross. */
  readonly onClose: () => void;
  /** True while it is done: it is not done twice. */
  readonly isRunning?: boolean;
  /** True while what it needs is missing. */
  readonly isDisabled?: boolean;
  /** True while it shows what cannot be shown again: a click beside it does not close it. */
  readonly holdsSecret?: boolean;
  /** Of the call; what is wrong with a field stands beside it. */
  readonly error?: unknown;
  readonly children: ReactNode;
}

/** A dialog that is one form, with "Cancel" and its button below. Render it while it is asked. */
export function Dialog(props: DialogProps) {
  const { title, size = "medium", submitText, onSubmit, onClose, isRunning = false, isDisabled = false } = props;
  const t = useMessages(common);
  const id = useId();
  return (
    <Modal
      visible
      size={size}
      header={title}
      closeAriaLabel={t.close}
      onDismiss={({ detail }) => (props.holdsSecret && detail.reason === "overlay") || onClose()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button form={id} variant="primary" loading={isRunning} disabled={isDisabled}>
              {submitText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // React hands it on to the form of the page that asks, which is not meant.
          event.stopPropagation();
          if (!isRunning && !isDisabled) onSubmit();
        }}
      >
        <SpaceBetween size="m">
          {props.children}
          <Problem error={props.error} />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
