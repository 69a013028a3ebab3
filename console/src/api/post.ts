import { Unreachable } from "./error.ts";

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Milliseconds before each further try: a network is away for a moment as a container's comes up on this machine. */
const waits = [250, 1_000];

/**
 * Posts to this origin and to no other, with no cookie, and keeps nothing. Asks again where no answer comes, as AWS's SDKs do, and
 * rejects with `Unreachable` if none comes then.
 */
export async function post(url: URL, { headers, body, signal, fetch: send = fetch }: Post) {
  for (let failures = 0; ; failures++) {
    try {
      const answer = await send(url, {
        ...{ method: "POST", headers, body, redirect: "error", credentials: "omit", cache: "no-store" },
        signal: signal ?? null,
      });
      return { answer, text: await answer.text() };
    } catch (error) {
      if (signal?.aborted) throw error;
      const wait = waits[failures];
      if (wait === undefined) throw new Unreachable("Sealift does not answer", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
