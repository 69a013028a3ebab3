/** The addresses at which the control plane answers; `undefined` stands for AWS itself. */
export interface Endpoints {
  /** The one to go to. */
  current(): string | undefined;
  /** Goes on to the next one, if `endpoint` is still the current one. */
  failed(endpoint: string | undefined): void;
  /**
   * Does `work` at the current endpoint and, where that does not answer, at each of the others. Rejects as the last one did. An
   * answer that is an error of the caller is an answer.
   */
  call<T>(work: (endpoint: string | undefined) => Promise<T>): Promise<T>;
}

export function endpointsOf(urls: readonly string[]): Endpoints {
  let index = 0;
  const current = () => urls[index];

  function failed(endpoint: string | undefined): void {
    if (endpoint === current() && urls.length > 0) index = (index + 1) % urls.length;
  }

  return {
    current,
    failed,
    async call(work) {
      for (let left = Math.max(1, urls.length); ; left--) {
        const endpoint = current();
        try {
          return await work(endpoint);
        } catch (error) {
          if (isAnswer(error)) throw error;
          failed(endpoint);
          if (left <= 1) throw error;
        }
      }
    },
  };
}

const unreachedCodes = [
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH", "ENETDOWN"],
  ...["ENOTFOUND", "EAI_AGAIN"],
];

/**
 * The SDK's error says that no server that is able to work was reached, which may change by itself. One whose certificate is not
 * trusted was reached.
 */
export function isUnreached(error: unknown): boolean {
  if (!(error instanceof Error) || isAnswer(error)) return false;
  if (error.name === "TimeoutError") return true;
  if ("code" in error && unreachedCodes.includes(String(error.code))) return true;
  const { httpStatusCode }: Record<string, unknown> = Object("$metadata" in error ? error.$metadata : undefined);
  return typeof httpStatusCode === "number";
}

/** The SDK's error says that a server answered that is able to work, or that the caller gave up. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "AbortError") return true;
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return false;
  return typeof metadata.httpStatusCode === "number" && metadata.httpStatusCode < 500;
}
