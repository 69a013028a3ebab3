import { ApiError } from "../../../model/api-error.ts";
import type { Authorize } from "../../../model/call.ts";
import { parseCiphertext } from "../cryptography/ciphertext.ts";
import { decryptWith, encryptWith } from "../cryptography/encrypt-with.ts";
import { accessToKey, encryptionConditions } from "../keys/access.ts";
import { findCiphertextKey, findKey, invalidCiphertext } from "../keys/find.ts";
import { type ManagedService, managedAlias, servicePrincipal, viaService } from "../keys/policy.ts";
import { type CallThrough, recordThrough } from "./call-through.ts";
import type { Encryption, EncryptionOptions } from "./encryption.ts";
import { openEnvelope, parseEnvelope, sealEnvelope } from "./envelope.ts";

/**
 * The operation that each service encrypts by, which the caller must be allowed.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const encryptBy: Readonly<Record<ManagedService, "Encrypt" | "GenerateDataKey">> = {
  ssm: "Encrypt",
  secretsmanager: "GenerateDataKey",
};

/** KMS for the other services: what KMS's operations do, allowed by `authorize` as the call's principal. */
export function encryptionThrough({ keys, trail }: EncryptionOptions, authorize: Authorize): Encryption {
  /** Has the work done that a call asks for, if its caller may ask. */
  async function perform<T>(asked: Omit<CallThrough, "access">, work: () => Promise<T>): Promise<T> {
    const { call, service, operation, found, context } = asked;
    const conditions = { ...encryptionConditions(context), "kms:ViaService": viaService(service, call.region) };
    const calledVia = [...(call.calledVia ?? []), servicePrincipal(service)];
    const access = { ...accessToKey(call, operation, found, conditions), calledVia };
    // What every secret without a key of its own is under: its event says as much, and would cost every read a second one.
    const noteCall = found.key.manager === "AWS" ? undefined : trail?.noteCall;
    try {
      const denial = await authorize(call, access);
      if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
      const result = await work();
      keys.noteUsage(found.key, operation, call);
      noteCall?.(recordThrough({ ...asked, access }, trail!.ids));
      return result;
    } catch (error) {
      noteCall?.(recordThrough({ ...asked, access }, trail!.ids, error));
      throw error;
    }
  }

  return {
    async encrypt(call, { service, keyId = managedAlias(service), plaintext, encryptionContext: context, envelope }) {
      const found = await findKey(keys, call, keyId);
      const operation = envelope ? "GenerateDataKey" : encryptBy[service];
      const ciphertext = await perform({ call, service, operation, found, context }, async () => {
        const encryptUnderKey = (text: Uint8Array) => encryptWith(keys, found, text, { operation, context });
        return envelope ? sealEnvelope(plaintext, encryptUnderKey) : encryptUnderKey(plaintext);
      });
      return { ciphertext, keyArn: found.arn };
    },
    async decrypt(call, { service, ciphertext, encryptionContext: context }) {
      const envelope = parseEnvelope(ciphertext);
      const blob = envelope?.encryptedKey ?? ciphertext;
      const found = await findCiphertextKey(keys, call, blob);
      const operation = "Decrypt";
      const plaintext = await perform({ call, service, operation, found, context }, async () => {
        const decrypted = await decryptWith(keys, found, blob, { operation, context });
        const opened = envelope ? openEnvelope(envelope, decrypted) : decrypted;
        if (!opened) throw invalidCiphertext();
        return opened;
      });
      return { plaintext, keyArn: found.arn };
    },
    async isUnderManagedKey({ region }, ciphertext) {
      const keyId = parseCiphertext(parseEnvelope(ciphertext)?.encryptedKey ?? ciphertext)?.keyId;
      const key = keyId === undefined ? undefined : await keys.find(region, keyId);
      return key?.manager === "AWS";
    },
    async findKeyArn(call, keyId) {
      try {
        return (await findKey(keys, call, keyId)).arn;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return undefined;
      }
    },
  };
}
