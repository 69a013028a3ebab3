import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidName, invalidParameter, invalidRequest, secretExists } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { requestedReplicas } from "../replication/requested-replicas.ts";
import { replicaArns, shownReplicas } from "../replication/shape.ts";
import { creationAccess, keyKeys } from "../secrets/access.ts";
import { storedKeyId } from "../secrets/key-id.ts";
import { isSecretName, newArnSuffix, secretArn } from "../secrets/reference.ts";
import { checkKeyAccess, refuseOtherKey, refuseOtherValue, sealVersion } from "../secrets/sealed-value.ts";
import type { Secret } from "../secrets/secret.ts";
import { attach, current } from "../secrets/stages.ts";
import { requestedTags } from "../secrets/tags.ts";
import { requestedToken, requestedValue, type SecretValue } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const createSecret = operation(CreateSecretCommand)({
  async find(input, call, { encryption, store }: SecretsManager) {
    const { Name: name, KmsKeyId: keyId } = input;
    if (!isSecretName(name)) throw invalidName();
    const tags = requestedTags(input.Tags);
    const arn = secretArn(call, name);
    const { account, region } = call;
    return {
      tags,
      arn,
      keyArn: keyId === undefined ? undefined : await encryption.findKeyArn(call, keyId),
      existing: await store.secrets.find({ account, region, arn, name }, call.time),
    };
  },

  access: ({ arn, tags, keyArn }, input) => creationAccess(arn, tags, input, keyKeys(input.KmsKeyId, keyArn)),

  async run({ tags, keyArn, existing }, input, context, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (input.Type !== undefined) throw invalidParameter("Managed external secrets are not supported.");
    const replicas = requestedReplicas(call, input.AddReplicaRegions);
    const repeat = (secret: Secret) => repeated(context, call, secret, versionId, value);
    if (existing) return repeat(existing);

    const { account, region } = call;
    const kmsKeyId = storedKeyId(call, input.KmsKeyId);
    refuseOtherKey(keyArn, await checkKeyAccess(context, call, kmsKeyId));
    const arn = secretArn(call, `${input.Name}-${newArnSuffix(context.ids, tags)}`);
    const version = value && (await sealVersion(context, call, { arn, kmsKeyId }, versionId, value));
    refuseOtherKey(keyArn, version?.keyArn);
    const placed = await newVersionCopies(context, call, { arn, replicas }, versionId, value);
    const secret: Secret = {
      arn,
      account,
      region,
      name: input.Name,
      description: input.Description || undefined,
      kmsKeyId,
      tags: tags.length === 0 ? undefined : tags,
      resourcePolicy: undefined,
      stages: version ? attach(new Map(), [current], versionId) : new Map(),
      createdAt: call.time,
      changedAt: call.time,
      accessedOn: undefined,
      deletesAt: undefined,
      primaryRegion: undefined,
      replicas,
    };
    const created = await context.store.writes.create(secret, version, {
      placed,
      overwrites: input.ForceOverwriteReplicaSecret,
    });
    if (created.kind === "existing") return repeat(created.secret);
    return shownCreation(context, created.secret, version?.versionId);
  },
});

/** The answer if the name is taken: the same call once more succeeds, everything else fails. */
async function repeated(
  context: SecretsManager,
  call: Call,
  secret: Secret,
  versionId: string,
  value: SecretValue | undefined,
) {
  if (secret.deletesAt) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const version = value && (await context.store.versions.find(secret.arn, versionId));
  if (!version) throw secretExists(secret.name);
  await refuseOtherValue(context, call, secret.arn, version, value);
  return shownCreation(context, secret, versionId);
}

async function shownCreation({ store }: SecretsManager, secret: Secret, versionId: string | undefined) {
  const reads = await store.secrets.lastReads(replicaArns([secret]));
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    ReplicationStatus: secret.replicas.length > 0 ? shownReplicas(secret, reads) : undefined,
  };
}
