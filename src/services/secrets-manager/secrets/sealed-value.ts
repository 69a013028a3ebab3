import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { changedMeanwhile, tokenInUse } from "../errors.ts";
import { whileDecrypting, whileEncrypting } from "./kms-refusals.ts";
import type { Secret, SecretVersion } from "./secret.ts";
import { type SecretValue, sameValue } from "./value.ts";

const service = "secretsmanager";

/** A new version of a secret, encrypted under `kmsKeyId`. */
export async function sealVersion(
  { encryption }: Pick<SecretsManager, "encryption">,
  call: Call,
  { arn, kmsKeyId }: Pick<Secret, "arn" | "kmsKeyId">,
  versionId: string,
  { kind, bytes }: SecretValue,
): Promise<SecretVersion> {
  const { ciphertext, keyArn } = await whileEncrypting(() =>
    encryption.encrypt(call, {
      service,
      ...defined({ keyId: kmsKeyId }),
      plaintext: bytes,
      encryptionContext: encryptionContext(arn, versionId),
    }),
  );
  return {
    versionId,
    kind,
    value: ciphertext,
    keyArn: kmsKeyId === undefined ? undefined : keyArn,
    createdAt: call.time,
    accessedOn: undefined,
  };
}

/**
 * A version's value in the clear. If KMS refuses, the keys that the secret had before are tried: another key must lock no
 * one out of existing versions.
 */
export async function openVersion(
  { encryption, store }: Pick<SecretsManager, "encryption" | "store">,
  call: Call,
  arn: string,
  { versionId, kind, value }: SecretVersion,
): Promise<SecretValue> {
  const open = async (ciphertext: Uint8Array) => {
    const request = { service, ciphertext, encryptionContext: encryptionContext(arn, versionId) } as const;
    const { plaintext } = await whileDecrypting(() => encryption.decrypt(call, request));
    return { kind, bytes: plaintext };
  };
  try {
    return await open(value);
  } catch (refusal) {
    if (!(refusal instanceof ApiError)) throw refusal;
    for (const previous of await store.versions.previousValues(arn, versionId)) {
      const opened = await open(previous).catch(unlessRefused);
      if (opened) return opened;
    }
    throw refusal;
  }
}

/** Throws unless the version that a request's token names has the request's value: a retry succeeds, nothing else does. */
export async function refuseOtherValue(
  context: Pick<SecretsManager, "encryption" | "store">,
  call: Call,
  arn: string,
  existing: SecretVersion,
  value: SecretValue,
): Promise<void> {
  const opened = await openVersion(context, call, arn, existing);
  if (!sameValue(opened, value)) throw tokenInUse(existing.versionId, arn);
}

/**
 * A version under another key of the secret; `undefined` if the caller may not use the old key or encrypt with the new one.
 * Then AWS leaves the version as it is.
 */
export async function resealVersion(
  context: SecretsManager,
  call: Call,
  secret: Pick<Secret, "arn" | "kmsKeyId">,
  version: SecretVersion,
): Promise<SecretVersion | undefined> {
  const value = await openVersion(context, call, secret.arn, version).catch(unlessRefused);
  const sealed = value && (await sealVersion(context, call, secret, version.versionId, value).catch(unlessRefused));
  return sealed && { ...sealed, createdAt: version.createdAt, accessedOn: version.accessedOn };
}

/**
 * Throws unless the caller may encrypt and decrypt with the key, as AWS checks before a secret gets it. Gives the key's ARN,
 * or `undefined` for `aws/secretsmanager`.
 */
export async function checkKeyAccess(
  { encryption }: Pick<SecretsManager, "encryption">,
  call: Call,
  keyId: string | undefined,
): Promise<string | undefined> {
  if (keyId === undefined) return undefined;
  const text = "RequestToValidateKeyAccess";
  const context = encryptionContext(text, text);
  const { ciphertext, keyArn } = await whileEncrypting(() =>
    encryption.encrypt(call, { service, keyId, plaintext: Buffer.from(text), encryptionContext: context }),
  );
  await whileDecrypting(() => encryption.decrypt(call, { service, ciphertext, encryptionContext: context }));
  return keyArn;
}

/** Throws if an alias has come to mean another key than the one that was authorised. `used` is `undefined` for no key. */
export function refuseOtherKey(authorised: string | undefined, used: string | undefined): void {
  if (used !== undefined && used !== authorised) throw changedMeanwhile();
}

function encryptionContext(arn: string, versionId: string) {
  return { SecretARN: arn, SecretVersionId: versionId };
}

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error;
}
