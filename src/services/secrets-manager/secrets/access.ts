import type { Access, Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { invalidName, refuseMarkedForDeletion, refuseUnchangeable, secretNotFound } from "../errors.ts";
import type { VersionSelector } from "./reads.ts";
import type { Secret, SecretReference, SecretVersion, Tag } from "./secret.ts";
import { secretReference } from "./secret.ts";

export interface Found {
  readonly secret: Secret | undefined;
  readonly version: SecretVersion | undefined;
}

export type Conditions = Record<string, string | readonly string[] | undefined>;

const resourceTagPrefixes = ["aws:ResourceTag/", "secretsmanager:ResourceTag/"];

/** What `access` has read for a call is not read again by `run`. */
const foundByCall = new WeakMap<Call, Found>();

/** What a caller needs to use an operation on the secret that `SecretId` means; the secret is kept for `foundSecret`. */
export async function secretAccess(
  action: string,
  secretId: string,
  call: Call,
  { secrets }: SecretsManager,
  conditions: Conditions = {},
): Promise<Access> {
  const reference = referenceOf(call, secretId);
  const secret = reference.region === call.region ? await secrets.find(reference, call.time) : undefined;
  foundByCall.set(call, { secret, version: undefined });
  return accessTo(action, reference, secret, conditions);
}

/** As `secretAccess` for one version's value; both are kept for `foundValue`. */
export async function valueAccess(
  secretId: string,
  selector: VersionSelector,
  call: Call,
  context: SecretsManager,
): Promise<Access> {
  const { access, found } = await findValue(secretId, selector, call, context);
  foundByCall.set(call, found);
  return access;
}

/** A version's value with what reading it needs. */
export async function findValue(secretId: string, selector: VersionSelector, call: Call, { secrets }: SecretsManager) {
  const reference = referenceOf(call, secretId);
  const found: Found =
    reference.region === call.region
      ? await secrets.findValue(reference, selector, call.time)
      : { secret: undefined, version: undefined };
  const { versionId, stage = versionId === undefined ? "AWSCURRENT" : undefined } = selector;
  const conditions = { "secretsmanager:VersionId": versionId, "secretsmanager:VersionStage": stage };
  return { access: accessTo("secretsmanager:GetSecretValue", reference, found.secret, conditions), found };
}

/** The secret that `secretAccess` has found, if there is one. */
export function findSecret(call: Call): Secret | undefined {
  return foundByCall.get(call)?.secret;
}

/** The secret that `secretAccess` has found, or ResourceNotFoundException. */
export function foundSecret(call: Call): Secret {
  const secret = findSecret(call);
  if (!secret) throw secretNotFound();
  return secret;
}

/** As `foundSecret`, and refuses one that is marked for deletion. */
export function usableSecret(call: Call): Secret {
  const secret = foundSecret(call);
  refuseMarkedForDeletion(secret);
  return secret;
}

/** As `usableSecret`, and refuses a replica. */
export function changeableSecret(call: Call): Secret {
  const secret = foundSecret(call);
  refuseUnchangeable(secret);
  return secret;
}

/** What `valueAccess` has found. */
export function foundValue(call: Call): Found {
  return foundByCall.get(call) ?? { secret: undefined, version: undefined };
}

function referenceOf(call: Call, secretId: string): SecretReference {
  const reference = secretReference(call, secretId);
  if (!reference) throw invalidName();
  return reference;
}

export function accessTo(
  action: string,
  { arn, account }: Pick<SecretReference, "arn" | "account">,
  secret: Secret | undefined,
  conditions: Conditions = {},
): Access {
  const resource = secret?.arn ?? arn;
  return {
    action,
    resource,
    resourceAccount: account,
    conditions: defined({
      "secretsmanager:SecretId": resource,
      "secretsmanager:SecretPrimaryRegion": secret && (secret.primaryRegion ?? secret.region),
      "secretsmanager:resource/AllowRotationLambdaArn": secret?.rotationFunctionArn,
      ...tagConditions(resourceTagPrefixes, secret?.tags ?? []),
      ...conditions,
    }),
    ...(secret?.resourcePolicy !== undefined && {
      resourcePolicy: { name: secret.arn, document: secret.resourcePolicy, rule: "either" },
    }),
  };
}

/** Condition keys of the regions in a request. */
export function replicationConditions(input: {
  AddReplicaRegions?: readonly { Region?: string | undefined }[] | undefined;
  ForceOverwriteReplicaSecret?: boolean | undefined;
}): Conditions {
  return {
    "secretsmanager:AddReplicaRegions": input.AddReplicaRegions?.map(({ Region = "" }) => Region),
    "secretsmanager:ForceOverwriteReplicaSecret": input.ForceOverwriteReplicaSecret?.toString(),
  };
}

/** Condition keys of the tags in a request. */
export function requestTagConditions(tags: readonly Tag[]): Conditions {
  if (tags.length === 0) return {};
  return { ...tagConditions(["aws:RequestTag/"], tags), "aws:TagKeys": tags.map(({ key }) => key) };
}

/** Condition keys of the tags that a request makes a secret with: policies find them as the secret's, too. */
export function newTagConditions(tags: readonly Tag[]): Conditions {
  return { ...requestTagConditions(tags), ...tagConditions(resourceTagPrefixes, tags) };
}

/** Condition keys of the KMS key that a request names. */
export async function keyConditions(
  { encryption }: SecretsManager,
  call: Call,
  keyId: string | undefined,
): Promise<Conditions> {
  if (keyId === undefined) return {};
  return {
    "secretsmanager:KmsKeyId": keyId,
    "secretsmanager:KmsKeyArn": await encryption.findKeyArn(call, keyId),
  };
}

function tagConditions(prefixes: readonly string[], tags: readonly Tag[]): Conditions {
  if (tags.length === 0) return {};
  return Object.fromEntries(prefixes.flatMap((prefix) => tags.map(({ key, value }) => [prefix + key, value])));
}

export function defined(conditions: Conditions): Record<string, string | readonly string[]> {
  const entries = Object.entries(conditions).filter((entry): entry is [string, string | readonly string[]] => {
    return entry[1] !== undefined;
  });
  return Object.fromEntries(entries);
}
