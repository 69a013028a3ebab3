import { randomBytes } from "node:crypto";
import type { Authorize, Call } from "../../../model/call.ts";
import { decryptWith, encryptWith } from "../cryptography/encrypt-with.ts";
import { findCiphertextKey } from "../cryptography/find-ciphertext-key.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import { type FoundKey, findKey } from "../keys/find.ts";
import type { Scope } from "../keys/key.ts";
import { viaService } from "../keys/policy.ts";
import { ifAuthorised } from "./authorised.ts";
import { type CallThrough, recordThrough } from "./call-through.ts";
import type { EncryptionOptions } from "./encryption.ts";

/**
 * KMS as a service uses it for itself, not for a caller: it comes as the service's principal of the Region
 * (`logs.us-east-1.amazonaws.com`), which the key's policy must allow. Refusals are `KmsRefusal`s.
 */
export interface ServiceEncryption {
  /** A new data key of 32 bytes, and the same as the KMS key encrypted it. */
  generateDataKey(request: DataKeyRequest): Promise<{
    readonly plaintext: Uint8Array;
    readonly ciphertext: Uint8Array;
    readonly keyArn: string;
  }>;
  decrypt(request: ServiceDecryptRequest): Promise<{ readonly plaintext: Uint8Array }>;
}

interface ServiceRequest {
  readonly service: "logs";
  /** Where the service works, and for which account. */
  readonly place: Scope;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export interface DataKeyRequest extends ServiceRequest {
  /** Key id, key ARN, alias name or alias ARN. */
  readonly keyId: string;
}

export interface ServiceDecryptRequest extends ServiceRequest {
  readonly ciphertext: Uint8Array;
}

export interface ServiceEncryptionOptions extends EncryptionOptions {
  readonly ids: NonNullable<EncryptionOptions["trail"]>["ids"];
  now(): Date;
}

const keyLength = 32;

export function serviceEncryption(options: ServiceEncryptionOptions, authorize: Authorize): ServiceEncryption {
  const { store, trail, ids, now } = options;

  function callOf({ service, place }: ServiceRequest): Call {
    const time = now();
    const name = viaService(service, place.region);
    const principal = { kind: "service", arn: name, account: "", userId: name, accessKeyId: "" } as const;
    return {
      ...{ requestId: ids.timedUuid(time), eventId: ids.timedUuid(time), principal, ...place, time },
      ...{ sourceIp: name, userAgent: name, host: name, decisions: [] },
    };
  }

  async function perform<T>(
    request: ServiceRequest,
    operation: CallThrough["operation"],
    find: (call: Call) => Promise<FoundKey>,
    work: (found: FoundKey) => Promise<T>,
  ): Promise<T> {
    const call = callOf(request);
    const { service, encryptionContext: context } = request;
    const found = await find(call);
    const access = {
      ...keyAccess(call, found, encryptionConditions(context)),
      action: `kms:${operation}`,
    };
    const note = (error?: unknown) =>
      trail?.noteCall(recordThrough({ call, service, operation, found, context, access }, trail.ids, error));
    return ifAuthorised(store, authorize, { call, operation, found, access, note }, () => work(found));
  }

  return {
    generateDataKey: (request) =>
      perform(
        request,
        "GenerateDataKey",
        (call) => findKey({ store }, call, request.keyId),
        async (found) => {
          const plaintext = randomBytes(keyLength);
          const options = { operation: "GenerateDataKey", context: request.encryptionContext } as const;
          const ciphertext = await encryptWith({ store }, found, plaintext, options);
          return { plaintext, ciphertext, keyArn: found.arn };
        },
      ),
    decrypt: (request) =>
      perform(
        request,
        "Decrypt",
        (call) => findCiphertextKey({ store }, call, request.ciphertext),
        async (found) => {
          const options = { operation: "Decrypt", context: request.encryptionContext } as const;
          return { plaintext: await decryptWith({ store }, found, request.ciphertext, options) };
        },
      ),
  };
}
