import type { CallRecord } from "../../../front-door/audit-call.ts";
import type { Ids } from "../../../ids.ts";
import type { Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";

export interface EncryptionOptions extends Pick<Kms, "store"> {
  /** Records the calls under customers' keys; without it they are not recorded. */
  readonly trail?: {
    readonly ids: Pick<Ids, "timedUuid">;
    /** Must not throw. The record is written no later than the event of the call that this one is made for. */
    noteCall(record: CallRecord): void;
  };
}

/**
 * KMS as the other services use it: on behalf of their caller, with the caller's permissions and `kms:ViaService` set to
 * the service. Refusals are `KmsRefusal`s. The calling service looks at their kind (`kmsRefusalOf`) and words them as AWS
 * does.
 */
export interface Encryption {
  encrypt(call: Call, request: EncryptRequest): Promise<{ readonly ciphertext: Uint8Array; readonly keyArn: string }>;
  decrypt(call: Call, request: DecryptRequest): Promise<{ readonly plaintext: Uint8Array; readonly keyArn: string }>;
  /** `true` if the key of a ciphertext is an AWS managed one, which other accounts can never use. */
  isUnderManagedKey(call: Call, ciphertext: Uint8Array): Promise<boolean>;
  /** The ARN of a key, which policies may ask about; `undefined` where there is no such key. */
  findKeyArn(call: Call, keyId: string): Promise<string | undefined>;
}

export interface EncryptRequest {
  /** The calling service's signing name. Its managed key `alias/aws/…` is used where `keyId` is absent. */
  readonly service: "ssm" | "secretsmanager";
  /** Key id, key ARN, alias name or alias ARN. */
  readonly keyId?: string;
  readonly plaintext: Uint8Array;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** Encrypts under a new data key, which the KMS key encrypts, instead of under the KMS key itself. */
  readonly envelope?: boolean;
}

export interface DecryptRequest {
  readonly service: "ssm" | "secretsmanager";
  readonly ciphertext: Uint8Array;
  readonly encryptionContext: Readonly<Record<string, string>>;
}
