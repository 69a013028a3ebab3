import { RuntimeError, RuntimeUnavailableError } from "../runtime-error.ts";

/** Does `work`; a failure becomes a `RuntimeError` of this name, or a `RuntimeUnavailableError` where no Engine answers. */
export async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw runtimeError(name, error);
  }
}

/** Hands the items on; a failure becomes an error as with `named`. */
export async function* namedEach<T>(name: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw runtimeError(name, error);
  }
}

function runtimeError(name: string, error: unknown): RuntimeError {
  if (error instanceof RuntimeError) return error;
  const message = engineMessage(error);
  if (!isUnreachable(error)) return new RuntimeError(name, message);
  return new RuntimeUnavailableError(name, message, { isUnheard: hasCode(error, refusals) });
}

/** Resolves to `undefined` if the Engine answers with the expected error. */
export async function unless<T>(isExpected: (error: unknown) => boolean, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** True if the Engine answered that the subject does not exist. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** True if the Engine answered that nothing can have such a name. Two slashes in it are a redirection. */
export function isNoName(error: unknown): boolean {
  return statusOf(error) === 400 || statusOf(error) === 301;
}

/** True if the Engine answered that nothing has to be done: started already, stopped already. */
export function isUnchanged(error: unknown): boolean {
  return statusOf(error) === 304;
}

/** True if the Engine answered that something stands in the way, such as a removal that has begun. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** The system's words for a connection that cannot be made. */
const refusals = [
  ...["ECONNREFUSED", "ENOENT", "EACCES"],
  ...["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN"],
];

/** Those for one that breaks before the answer, or may have. */
const breaks = ["ECONNRESET", "ECONNABORTED", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "ETIMEDOUT"];

/** True if no Engine answered: its socket does not exist, refuses the connection, or broke it. */
export function isUnreachable(error: unknown): boolean {
  return statusOf(error) === undefined && hasCode(error, [...refusals, ...breaks]);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return isObject(error) && typeof error.code === "string" && codes.includes(error.code);
}

/** The failure in the words of Docker's own client library, which AWS's agent quotes. */
function engineMessage(error: unknown): string {
  const { json, statusCode, reason, message = String(error) } = error as EngineError;
  if (isObject(json) && typeof json.message === "string") return `${fromEngine}${json.message}`;
  if (statusCode !== undefined) {
    // Where the answer was to be a stream, the client has the Engine's words in its own message only.
    const prefix = `(HTTP code ${statusCode}) ${reason || "unexpected"} - `;
    return message.startsWith(prefix) ? `${fromEngine}${message.slice(prefix.length).trim()}` : message;
  }
  return isUnreachable(error)
    ? `Cannot connect to the Docker daemon. Is the docker daemon running? (${message})`
    : message;
}

interface EngineError {
  readonly statusCode?: number;
  readonly reason?: string;
  readonly json?: unknown;
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
