/** Whether the Engine said that what was asked for is not there. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** Whether the Engine said that there is nothing to do: started already, stopped already. */
export function isUnchanged(error: unknown): boolean {
  return statusOf(error) === 304;
}

/** Whether the Engine said that something stands in the way, such as a removal that has begun. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** The failure in the words of Docker's own client library, which AWS's agent quotes. */
export function engineMessage(error: unknown): string {
  const { json, statusCode, reason, syscall, message = String(error) } = error as EngineError;
  if (isObject(json) && typeof json.message === "string") return `${fromEngine}${json.message}`;
  if (statusCode !== undefined) {
    // Where the answer was to be a stream, the client has the Engine's words in its own message only.
    const prefix = `(HTTP code ${statusCode}) ${reason || "unexpected"} - `;
    return message.startsWith(prefix) ? `${fromEngine}${message.slice(prefix.length).trim()}` : message;
  }
  return syscall === undefined
    ? message
    : `Cannot connect to the Docker daemon. Is the docker daemon running? (${message})`;
}

interface EngineError {
  readonly statusCode?: number;
  readonly reason?: string;
  readonly json?: unknown;
  /** Of errors of the connection. */
  readonly syscall?: string;
  readonly message?: string;
}

const fromEngine = "Error response from daemon: ";

/** The error that a pull or an import reported in its stream of JSON lines, after the Engine had answered 200. */
export function streamFailure(lines: string): string | undefined {
  for (const line of lines.split("\n")) {
    if (!line.includes('"error"')) continue;
    const { error } = JSON.parse(line) as { error?: string };
    if (error !== undefined) return error;
  }
  return undefined;
}

function statusOf(error: unknown): unknown {
  return isObject(error) ? error.statusCode : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
