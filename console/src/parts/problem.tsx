import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ApiError, isDenial, isNotFound, messageOf, Unreachable } from "../api/error.ts";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { parts } from "./messages.ts";
import { Text } from "./text.tsx";

export interface ProblemProps {
  readonly error: unknown;
  /** Asks again. */
  readonly onRetry?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}

/** An error where it happened: the API's own code and message, and which request it was. Nothing if there is none. */
export function Problem({ error, onRetry, onDismiss }: ProblemProps) {
  const t = useMessages(parts);
  const words = useMessages(common);
  if (error === undefined || error === null) return null;
  const isDenied = isDenial(error);
  const header = isDenied
    ? t.denied
    : isNotFound(error)
      ? t.notFound
      : error instanceof Unreachable
        ? t.unreachable
        : error instanceof ApiError
          ? error.code
          : t.cannotLoad;
  return (
    <Alert
      type={isDenied || error instanceof Unreachable ? "warning" : "error"}
      header={header}
      {...(onRetry && { action: <Button onClick={onRetry}>{words.retry}</Button> })}
      {...(onDismiss && { dismissible: true, onDismiss })}
    >
      {error instanceof Unreachable ? (
        // What was read is read again; what was to be done is not.
        [t.unreachableText, onRetry && t.triesAgain].filter(Boolean).join(" ")
      ) : (
        <Text>{messageOf(error)}</Text>
      )}
      {error instanceof ApiError && (
        <Box variant="small" color="text-body-secondary" display="block">
          {error.operation} · {error.code}
          {error.requestId !== undefined && ` · ${t.requestId} ${error.requestId}`}
        </Box>
      )}
    </Alert>
  );
}
