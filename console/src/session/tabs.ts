import { authorize, consoleWish } from "./authorize.ts";
import type { SessionStore } from "./store.ts";
import { openChannel, type TabMessage } from "./tab-channel.ts";

/** Signs in further tabs as long as this one is signed in; a sign-out holds for all of them. Returns what ends it. */
export function serveTabs(store: SessionStore): () => void {
  const channel = openChannel();
  channel.onmessage = async ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === "sign-out") return store.signOut();
    const state = store.get();
    if (data.kind !== "wish" || state.kind !== "signed-in") return;
    const { codeChallenge } = data;
    channel.postMessage({ kind: "coming", codeChallenge } satisfies TabMessage);
    const proof = { kind: "signature", credentials: state.session.credentials, region: store.region } as const;
    // Where it fails, the other tab asks its reader.
    const answer = await authorize(consoleWish(codeChallenge), proof).catch(() => undefined);
    if (answer && "code" in answer)
      channel.postMessage({ kind: "code", codeChallenge, code: answer.code } satisfies TabMessage);
  };
  return () => channel.close();
}

/** Signs the other tabs out too. */
export function signOutEverywhere(store: SessionStore): void {
  const channel = openChannel();
  channel.postMessage({ kind: "sign-out" } satisfies TabMessage);
  channel.close();
  store.signOut();
}
