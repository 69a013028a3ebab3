import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { secretNotFound } from "../errors.ts";
import type { VersionSelector } from "./reads.ts";
import { requestedSecret, type SecretReference } from "./reference.ts";
import { refuseMarkedForDeletion, refuseUnchangeable, type Secret, type SecretVersion } from "./secret.ts";

/** The secret that a request names. */
export interface FoundSecret {
  readonly reference: SecretReference;
  readonly secret: Secret | undefined;
}

/** The secret that a request names, and the version that it selects. */
export interface FoundValue extends FoundSecret {
  readonly version: SecretVersion | undefined;
}

/** Throws for a malformed `SecretId`. A secret of another region is not found. */
export async function findSecret({ store }: SecretsManager, call: Call, secretId: string): Promise<FoundSecret> {
  const reference = requestedSecret(call, secretId);
  const secret = reference.region === call.region ? await store.secrets.find(reference, call.time) : undefined;
  return { reference, secret };
}

/** As `findSecret`, with one version. */
export async function findValue(
  { store }: SecretsManager,
  call: Call,
  secretId: string,
  selector: VersionSelector,
): Promise<FoundValue> {
  const reference = requestedSecret(call, secretId);
  if (reference.region !== call.region) return { reference, secret: undefined, version: undefined };
  const { secret, version } = await store.secrets.findValue(reference, selector, call.time);
  return { reference, secret, version };
}

/** The secret that was found; throws if there is none. */
export function existingSecret({ secret }: FoundSecret): Secret {
  if (!secret) throw secretNotFound();
  return secret;
}

/** As `existingSecret`; throws if it is marked for deletion. */
export function usableSecret(found: FoundSecret): Secret {
  const secret = existingSecret(found);
  refuseMarkedForDeletion(secret);
  return secret;
}

/** As `usableSecret`; throws if it is a replica. */
export function changeableSecret(found: FoundSecret): Secret {
  const secret = existingSecret(found);
  refuseUnchangeable(secret);
  return secret;
}
