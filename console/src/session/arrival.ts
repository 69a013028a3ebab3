import { type OneTimeCode, signInWithCode } from "./one-time-code.ts";
import type { Session } from "./session.ts";
import { openChannel, type TabMessage } from "./tab-channel.ts";
import { newVerifier } from "./verifier.ts";

/** Who is signed in as the page opens. Neither is there if a person has to sign in. */
export interface Arrival {
  readonly session?: Session | undefined;
  /** Why the link that opened this page signed nobody in. */
  readonly problem?: unknown;
}

/** Milliseconds that a new tab waits for one that is signed in to say so, and then for its code. */
const patience = { coming: 200, code: 5_000 };

/** Signs in with the code of the link that opened this page, or else as another tab of the console is. Never rejects. */
export function arrive(code: OneTimeCode | undefined): Promise<Arrival> {
  if (code)
    return signInWithCode(code).then(
      (session) => ({ session }),
      (problem: unknown) => ({ problem }),
    );
  return signInFromTab().then(
    (session) => ({ session }),
    () => ({}),
  );
}

/** Signs this tab in as another one is; undefined if there is none. Each tab has a session of its own. */
async function signInFromTab(): Promise<Session | undefined> {
  const { codeVerifier, codeChallenge } = newVerifier();
  const channel = openChannel();
  try {
    const code = await new Promise<string | undefined>((resolve) => {
      const timer = setTimeout(resolve, patience.coming, undefined);
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
        if (data.kind === "sign-out" || data.kind === "wish" || data.codeChallenge !== codeChallenge) return;
        clearTimeout(timer);
        if (data.kind === "code") resolve(data.code);
        else setTimeout(resolve, patience.code, undefined);
      };
      channel.postMessage({ kind: "wish", codeChallenge } satisfies TabMessage);
    });
    return code === undefined ? undefined : await signInWithCode({ code, codeVerifier });
  } finally {
    channel.close();
  }
}
