import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { isRouteErrorResponse, useRouteError } from "react-router";
import { messageOf } from "../api/error.ts";
import { useMessages } from "../i18n/messages.ts";
import { Page } from "../parts/page.tsx";
import { Text } from "../parts/text.tsx";
import { shell } from "./messages.ts";

/** A page that threw. The shell around it stays. */
export function PageBoundary() {
  const t = useMessages(shell);
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <Page title={t.crashed} breadcrumbs={[]}>
      <Alert type="error" header={t.crashed} action={<Button onClick={() => location.reload()}>{t.reload}</Button>}>
        <Box>{t.crashedText}</Box>
        <Text>{messageOf(error)}</Text>
      </Alert>
    </Page>
  );
}

export function NotFound() {
  const t = useMessages(shell);
  return (
    <Page title={t.notFound} breadcrumbs={[]}>
      <Box>{t.notFoundText}</Box>
    </Page>
  );
}
