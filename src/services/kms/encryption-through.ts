import { ApiError } from "../../aws/api-error.ts";
import type { Authorize, Call } from "../../aws/call.ts";
import { type EncryptionContext, parseCiphertext } from "./ciphertext.ts";
import { decryptWith, encryptWith } from "./encrypt-with.ts";
import type { Encryption } from "./encryption.ts";
import { openEnvelope, parseEnvelope, sealEnvelope } from "./envelope.ts";
import { type FoundKey, findCiphertextKey, findKey, invalidCiphertext } from "./find-key.ts";
import type { Kms } from "./index.ts";
import { accessToKey, encryptionConditions } from "./key-access.ts";
import { type ManagedService, managedAlias, viaService } from "./key-policy.ts";

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
export function encryptionThrough({ keys }: Pick<Kms, "keys">, authorize: Authorize): Encryption {
  async function refuseDenied(
    call: Call,
    service: ManagedService,
    operation: string,
    found: FoundKey,
    context: EncryptionContext,
  ): Promise<void> {
    const access = accessToKey(call, operation, found, {
      ...encryptionConditions(context),
      "kms:ViaService": viaService(service, call.region),
    });
    const calledVia = [...(call.calledVia ?? []), `${service}.amazonaws.com`];
    const denial = await authorize(call, { ...access, calledVia });
    if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
  }

  return {
    async encrypt(call, { service, keyId = managedAlias(service), plaintext, encryptionContext, envelope }) {
      const found = await findKey(keys, call, keyId);
      const operation = envelope ? "GenerateDataKey" : encryptBy[service];
      await refuseDenied(call, service, operation, found, encryptionContext);
      const use = { operation, context: encryptionContext };
      const encryptUnderKey = (text: Uint8Array) => encryptWith(keys, found, text, use);
      const ciphertext = await (envelope ? sealEnvelope(plaintext, encryptUnderKey) : encryptUnderKey(plaintext));
      keys.noteUsage(found.key, operation, call);
      return { ciphertext, keyArn: found.arn };
    },
    async decrypt(call, { service, ciphertext, encryptionContext }) {
      const envelope = parseEnvelope(ciphertext);
      const blob = envelope?.encryptedKey ?? ciphertext;
      const found = await findCiphertextKey(keys, call, blob);
      await refuseDenied(call, service, "Decrypt", found, encryptionContext);
      const use = { operation: "Decrypt", context: encryptionContext };
      const decrypted = await decryptWith(keys, found, blob, use);
      const plaintext = envelope ? openEnvelope(envelope, decrypted) : decrypted;
      if (!plaintext) throw invalidCiphertext();
      keys.noteUsage(found.key, "Decrypt", call);
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
