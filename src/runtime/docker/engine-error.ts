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
  const { json, code, message } = error as { json?: unknown; code?: unknown; message?: string };
  if (isObject(json) && typeof json.message === "string") return `Error response from daemon: ${json.message}`;
  if (code === "ECONNREFUSED" || code === "ENOENT" || code === "EACCES") {
    return `Cannot connect to the Docker daemon. Is the docker daemon running? (${message})`;
  }
  return message ?? String(error);
}

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
