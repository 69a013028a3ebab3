import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { checkKeyAccess, openVersion, sealVersion } from "../secrets/sealed-value.ts";
import type { Secret, SecretVersion } from "../secrets/secret.ts";
import type { SecretValue } from "../secrets/value.ts";
import type { ReplicaCopy } from "./records.ts";
import { arnInRegion, type Replica } from "./replica.ts";

/** A version in the clear, to be encrypted once more for each replica. */
interface OpenVersion {
  readonly version: Pick<SecretVersion, "versionId" | "createdAt">;
  readonly value: SecretValue;
}

/** A new version for each replica that follows the secret; without a value, no version but a check of its key. */
export function newVersionCopies(
  context: SecretsManager,
  call: Call,
  { arn, replicas }: Pick<Secret, "arn" | "replicas">,
  versionId: string,
  value: SecretValue | undefined,
): Promise<ReplicaCopy[]> {
  const open = value ? [{ version: { versionId, createdAt: call.time }, value }] : [];
  const following = replicas.filter(({ failure }) => failure === undefined);
  return Promise.all(following.map((replica) => copy(context, call, arn, replica, open)));
}

/**
 * Every version of the secret, for each of `replicas`. The caller must be able to read those that have a label. Others
 * that it cannot read are left out.
 */
export async function wholeCopies(
  context: SecretsManager,
  call: Call,
  secret: Secret,
  replicas: readonly Replica[],
): Promise<ReplicaCopy[]> {
  const labelled = new Set(secret.stages.values());
  const open: OpenVersion[] = [];
  for (const { versionId } of await context.store.versions.list(secret.arn)) {
    const version = await context.store.versions.find(secret.arn, versionId);
    if (!version) continue;
    try {
      open.push({ version, value: await openVersion(context, call, secret.arn, version) });
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      if (labelled.has(versionId)) return replicas.map((replica) => failed(replica, refusal));
    }
  }
  return Promise.all(replicas.map((replica) => copy(context, call, secret.arn, replica, open)));
}

/** Encrypts versions for a replica: under its key, bound to its ARN, with the caller's permissions in its region. */
async function copy(
  context: SecretsManager,
  call: Call,
  primaryArn: string,
  replica: Replica,
  open: readonly OpenVersion[],
): Promise<ReplicaCopy> {
  const target = { arn: arnInRegion(primaryArn, replica.region), kmsKeyId: replica.kmsKeyId };
  const regional = { ...call, region: replica.region };
  const versions: SecretVersion[] = [];
  try {
    if (open.length === 0) await checkKeyAccess(context, regional, replica.kmsKeyId);
    for (const { version, value } of open) {
      const sealed = await sealVersion(context, regional, target, version.versionId, value);
      versions.push({ ...sealed, createdAt: version.createdAt });
    }
  } catch (refusal) {
    if (!(refusal instanceof ApiError)) throw refusal;
    return failed(replica, refusal);
  }
  return { replica, versions };
}

function failed(replica: Replica, { message }: ApiError): ReplicaCopy {
  return { replica: { ...replica, failure: `Replication failed: ${message}` }, versions: [] };
}
