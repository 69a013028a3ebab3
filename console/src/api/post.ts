import { Unreachable } from "./error.ts";

export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** Posts to this origin and to no other, with no cookie, and keeps nothing. Rejects with `Unreachable` if no answer comes. */
export async function post(url: URL, { headers, body, signal, fetch: send = fetch }: Post) {
  try {
    const answer = await send(url, {
      ...{ method: "POST", headers, body, redirect: "error", credentials: "omit", cache: "no-store" },
      signal: signal ?? null,
    });
    return { answer, text: await answer.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable("Sealift does not answer", { cause: error });
  }
}
