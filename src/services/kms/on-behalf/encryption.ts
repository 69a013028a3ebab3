import type { CallRecord } from "../../../front-door/audit-call.ts";
import type { Ids } from "../../../ids.ts";
import type { Call } from "../../../model/call.ts";
import type { Keys } from "../store.ts";

export interface EncryptionOptions {
  readonly keys: Keys;
  /** Where calls under customers' keys are written down; nowhere unless given. */
  readonly trail?: {
    readonly ids: Pick<Ids, "timedUuid">;
    /** Must not throw. What it is given is written no later than the event of the call that this one is made for. */
    noteCall(record: CallRecord): void;
  };
}

/**
 * KMS as the other services use it: on behalf of their caller, with the caller's permissions, `kms:ViaService` set to
 * the service. Refusals are KMS's own `ApiError`s (`AccessDeniedException`, `DisabledException`, `NotFoundException`,
 * `KMSInvalidStateException`, `InvalidCiphertextException`); the calling service words them as AWS does.
 */
export interface Encryption {
  encrypt(call: Call, request: EncryptRequest): Promise<{ readonly ciphertext: Uint8Array; readonly keyArn: string }>;
  decrypt(call: Call, request: DecryptRequest): Promise<{ readonly plaintext: Uint8Array; readonly keyArn: string }>;
  /** Whether the key of a ciphertext is an AWS managed one, which no other account can be let use. */
  isUnderManagedKey(call: Call, ciphertext: Uint8Array): Promise<boolean>;
  /** The ARN of the key that is named, for policies to ask about; `undefined` where there is none. */
  findKeyArn(call: Call, keyId: string): Promise<string | undefined>;
}

export interface EncryptRequest {
  /** The service that asks, by its signing name; its managed key `alias/aws/…` is used where `keyId` is absent. */
  readonly service: "ssm" | "secretsmanager";
  /** Key id, key ARN, alias name or alias ARN. */
  readonly keyId?: string;
  readonly plaintext: Uint8Array;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** Under a data key of its own, which the KMS key encrypts, in place of the KMS key itself. */
  readonly envelope?: boolean;
}

export interface DecryptRequest {
  readonly service: "ssm" | "secretsmanager";
  readonly ciphertext: Uint8Array;
  readonly encryptionContext: Readonly<Record<string, string>>;
}
