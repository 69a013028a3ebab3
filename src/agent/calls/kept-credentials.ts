import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";

/** Milliseconds before their end in which credentials are asked for anew, as in AWS's SDK. */
const early = 5 * 60 * 1000;

/** Asks for credentials once, and anew shortly before they expire. Who asks while that is under way waits for it. */
export function keptCredentials(ask: AwsCredentialIdentityProvider, clock: Clock): AwsCredentialIdentityProvider {
  let kept: AwsCredentialIdentity | undefined;
  let asking: Promise<AwsCredentialIdentity> | undefined;
  return () => {
    const left = (kept?.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - clock.now().getTime();
    if (kept && left > early) return Promise.resolve(kept);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking.then((identity) => {
      kept = identity;
      return identity;
    });
  };
}
