import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Access, Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidName, invalidParameter, invalidRequest, secretExists, tokenInUse } from "../errors.ts";
import { newVersionCopies } from "../replication/copies.ts";
import { requestedReplicas } from "../replication/replica.ts";
import { replicationStatus } from "../replication/shape.ts";
import { type Conditions, defined, keyConditions, newTagConditions, replicationConditions } from "../secrets/access.ts";
import { checkKeyAccess, openVersion, sealVersion } from "../secrets/sealed-value.ts";
import { arnSuffixAlphabet, isSecretName, type Secret, secretArn, storedKeyId, type Tag } from "../secrets/secret.ts";
import { attach, current } from "../secrets/stages.ts";
import { requestedTags } from "../secrets/tags.ts";
import { requestedToken, requestedValue, type SecretValue, sameValue } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const createSecret = operation(CreateSecretCommand)({
  async access(input, call, context: SecretsManager): Promise<Access[]> {
    if (!isSecretName(input.Name)) throw invalidName();
    const tags = requestedTags(input.Tags);
    const resource = secretArn(call, input.Name);
    const tagging = newTagConditions(tags);
    const replication = replicationConditions(input);
    const create = {
      "secretsmanager:Name": input.Name,
      "secretsmanager:Description": input.Description,
      "secretsmanager:Type": input.Type,
      ...(await keyConditions(context, call, input.KmsKeyId)),
      ...replication,
      ...tagging,
    };
    const access = (action: string, conditions: Conditions) => ({ action, resource, conditions: defined(conditions) });
    return [
      access("secretsmanager:CreateSecret", create),
      ...(tags.length > 0 ? [access("secretsmanager:TagResource", tagging)] : []),
      ...(input.AddReplicaRegions ? [access("secretsmanager:ReplicateSecretToRegions", replication)] : []),
    ];
  },

  async run(input, context: SecretsManager, call) {
    const versionId = requestedToken(input.ClientRequestToken);
    const value = requestedValue(input);
    if (input.Type !== undefined) throw invalidParameter("Managed external secrets are not supported.");
    const replicas = requestedReplicas(call, input.AddReplicaRegions);
    const { account, region } = call;
    const there = await context.secrets.find({ account, region, arn: "", name: input.Name }, call.time);
    if (there) return repeated(context, call, there, versionId, value);

    const kmsKeyId = storedKeyId(call, input.KmsKeyId);
    await checkKeyAccess(context, call, kmsKeyId);
    const arn = secretArn(call, `${input.Name}-${context.ids.text(6, arnSuffixAlphabet)}`);
    const version = value && (await sealVersion(context, call, { arn, kmsKeyId }, versionId, value));
    const placed = await newVersionCopies(context, call, { arn, replicas }, versionId, value);
    const secret: Secret = {
      arn,
      account,
      region,
      name: input.Name,
      description: input.Description || undefined,
      kmsKeyId,
      tags: noneAsUndefined(requestedTags(input.Tags)),
      resourcePolicy: undefined,
      stages: version ? attach(new Map(), [current], versionId) : new Map(),
      createdAt: call.time,
      changedAt: call.time,
      accessedOn: undefined,
      deletesAt: undefined,
      primaryRegion: undefined,
      replicas,
    };
    const existing = await context.secrets.create(secret, version, {
      placed,
      overwrites: input.ForceOverwriteReplicaSecret,
    });
    if (existing) return repeated(context, call, existing, versionId, value);
    const shown = { ARN: arn, Name: secret.name, ...(version && { VersionId: versionId }) };
    const created = replicas.length > 0 ? await context.secrets.find(secret, call.time) : undefined;
    return { ...shown, ...(created && (await shownStatus(context, created))) };
  },
});

/** The answer where the name is taken: the same call once more succeeds, everything else fails. */
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
  const version = value && (await context.secrets.version(secret.arn, versionId));
  if (!version) throw secretExists(secret.name);
  const existing = await openVersion(context, call, secret.arn, version);
  if (!sameValue(existing, value)) throw tokenInUse(versionId, secret);
  return { ARN: secret.arn, Name: secret.name, VersionId: versionId, ...(await shownStatus(context, secret)) };
}

async function shownStatus({ secrets }: SecretsManager, secret: Secret) {
  return secret.replicas.length > 0 && { ReplicationStatus: await replicationStatus(secrets, secret) };
}

function noneAsUndefined(tags: readonly Tag[]): readonly Tag[] | undefined {
  return tags.length === 0 ? undefined : tags;
}
