import {
  beginSession,
  challengeOf,
  consoleUri,
  identified,
  newToken,
  sameDevice,
} from "../../services/signin/index.ts";
import type { ControlPlane } from "../control-plane.ts";

export interface ConsoleLinkOptions {
  readonly plane: ControlPlane;
  /** Where browsers reach this server. */
  readonly address: string;
  readonly account: string;
  readonly partition: string;
  /** Id of the root user's access key, with which the session ends. */
  readonly accessKeyId: string;
}

/** A link that signs in as the root user, once and within ten minutes, for whoever sees what the server prints. */
export async function rootConsoleLink({
  plane,
  address,
  account,
  partition,
  accessKeyId,
}: ConsoleLinkOptions): Promise<string> {
  const { clock, ids } = plane.surroundings;
  const verifier = newToken(ids);
  const wish = { clientId: sameDevice, redirectUri: consoleUri, codeChallenge: challengeOf(verifier) };
  const principal = { kind: "root", arn: `arn:${partition}:iam::${account}:root`, account, userId: account } as const;
  const code = await beginSession(
    plane.signin,
    wish,
    identified(principal, { kind: "access-key", accessKeyId }, clock.now()),
  );
  return consoleLink(address, { code, verifier });
}

/** The secrets are behind the `#`: browsers send nothing of that, to this server or another. */
export function consoleLink(
  address: string,
  { code, verifier }: { readonly code: string; readonly verifier: string },
): string {
  return `${new URL(consoleUri, address)}#code=${code}&verifier=${verifier}`;
}
