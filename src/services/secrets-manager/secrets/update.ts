import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { sameReplicas } from "../replication/replica.ts";
import { changeFound } from "./change.ts";
import { refuseOtherKey, refuseOtherValue, resealVersion, sealVersion } from "./sealed-value.ts";
import { refuseMarkedForDeletion, refuseReplica, type Secret, type SecretVersion } from "./secret.ts";
import { attach, current, pending, previous, sameStages } from "./stages.ts";
import type { SecretValue } from "./value.ts";
import type { Change } from "./writes.ts";

/** The changes of an UpdateSecret request. Members that are `undefined` stay as they are. */
export interface Update {
  /** Empty to remove it. */
  readonly description: string | undefined;
  /** The KMS key; `id` is `undefined` for `aws/secretsmanager`, `arn` is the authorised key's. */
  readonly key: { readonly id: string | undefined; readonly arn: string | undefined } | undefined;
  /** A new version, which becomes AWSCURRENT. */
  readonly version: { readonly id: string; readonly value: SecretValue } | undefined;
}

/** `stale`: the value was encrypted for the secret as it was before another change. */
type Outcome = { readonly kind: "updated" | "stale" } | { readonly kind: "existing"; readonly version: SecretVersion };

/**
 * Changes the secret that was found and authorised; gives it as it is then. A version that it has already, with the same
 * value, stays where it is.
 */
export async function updateFound(context: SecretsManager, call: Call, found: Secret, update: Update): Promise<Secret> {
  let rest = update;
  for (let seen = found; ; ) {
    const { version } = rest;
    const sealed = await seal(context, call, seen, rest);
    const { answer, secret } = await changeFound<Outcome>(
      context,
      call,
      found,
      (now, existing) => {
        refuseMarkedForDeletion(now);
        if (update.version || update.description !== undefined) refuseReplica(now);
        if (existing) return { answer: { kind: "existing", version: existing } };
        if (isStale(seen, now, rest)) return { answer: { kind: "stale" } };
        return { answer: { kind: "updated" }, secret: updated(now, rest), ...sealed };
      },
      { versionId: version?.id },
    );
    if (answer.kind === "updated") return secret;
    if (answer.kind === "existing" && version) {
      await refuseOtherValue(context, call, secret.arn, answer.version, version.value);
      rest = { ...rest, version: undefined };
      if (!rest.key && rest.description === undefined) return secret;
    }
    seen = secret;
  }
}

function updated(secret: Secret, { description, key, version }: Update): Secret {
  return {
    ...secret,
    description: description === undefined ? secret.description : description || undefined,
    kmsKeyId: key ? key.id : secret.kmsKeyId,
    stages: version ? attach(secret.stages, [current], version.id) : secret.stages,
  };
}

type Sealed = Pick<Change<unknown>, "add" | "copies" | "reencrypted">;

async function seal(context: SecretsManager, call: Call, seen: Secret, { key, version }: Update): Promise<Sealed> {
  const target = key ? { ...seen, kmsKeyId: key.id } : seen;
  const add = version && (await sealVersion(context, call, target, version.id, version.value));
  if (key) refuseOtherKey(key.arn, add?.keyArn);
  const copies = version && (await newVersionCopies(context, call, seen, version.id, version.value));
  const reencrypted = target.kmsKeyId === seen.kmsKeyId ? [] : await reencrypt(context, call, seen, target);
  if (key) for (const { keyArn } of reencrypted) refuseOtherKey(key.arn, keyArn);
  return defined({ add, copies, reencrypted });
}

/** True if what was encrypted for the secret as it was `seen` does not fit it now. */
function isStale(seen: Secret, now: Secret, { key, version }: Update): boolean {
  if (!key && !version) return false;
  if (now.kmsKeyId !== seen.kmsKeyId) return true;
  if (key && !sameStages(now.stages, seen.stages)) return true;
  return version !== undefined && !sameReplicas(now.replicas, seen.replicas);
}

/** The versions with AWS's own labels, under the secret's new key. */
async function reencrypt(
  context: SecretsManager,
  call: Call,
  secret: Secret,
  target: Secret,
): Promise<SecretVersion[]> {
  const ids = new Set([current, pending, previous].map((label) => secret.stages.get(label)));
  const reencrypted: SecretVersion[] = [];
  for (const id of ids) {
    const version = id === undefined ? undefined : await context.store.versions.find(secret.arn, id);
    const resealed = version && (await resealVersion(context, call, target, version));
    if (resealed) reencrypted.push(resealed);
  }
  return reencrypted;
}
