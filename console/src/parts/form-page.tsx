import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Page, type PageProps } from "./page.tsx";
import { Problem } from "./problem.tsx";

export interface FormPageProps extends Omit<PageProps, "contentType" | "actions"> {
  readonly submitText: string;
  readonly onSubmit: () => void;
  readonly isRunning: boolean;
  /** Of the call; what is wrong with a field stands beside it. */
  readonly error: unknown;
  /** Where "Cancel" leads. */
  readonly cancelTo: string;
  /** Further buttons beside "Cancel". */
  readonly buttons?: ReactNode;
  /** At the top right of the form. */
  readonly actions?: ReactNode;
}

/** A page that is one form, with "Cancel" and its button below. */
export function FormPage({
  submitText,
  onSubmit,
  isRunning,
  error,
  cancelTo,
  buttons,
  actions,
  children,
  ...page
}: FormPageProps) {
  const t = useMessages(common);
  const navigate = useNavigate();
  return (
    <Page {...page} actions={actions} contentType="form">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isRunning) return;
          onSubmit();
          // Once it has said what is missing: the field may be out of sight.
          const form = event.currentTarget;
          setTimeout(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), 50);
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => void navigate(cancelTo)}>
                {t.cancel}
              </Button>
              {buttons}
              <Button variant="primary" loading={isRunning}>
                {submitText}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {children}
            <Problem error={error} />
          </SpaceBetween>
        </Form>
      </form>
    </Page>
  );
}
