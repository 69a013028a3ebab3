import { Unreachable } from "./error.ts";
import { patiently } from "./patiently.ts";

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Posts to this origin and to no other, with no cookie, and keeps nothing. Asks again where no answer comes, as AWS's SDKs do, and
 * rejects with `Unreachable` if none comes then.
 */
export async function post(url: URL, { headers, body, signal, fetch: send = fetch }: Post) {
  try {
    return await patiently(async () => {
      const answer = await send(url, {
        ...{ method: "POST", headers, body, redirect: "error", credentials: "omit", cache: "no-store" },
        signal: signal ?? null,
      });
      return { answer, text: await answer.text() };
    }, signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable("Sealift does not answer", { cause: error });
  }
}
