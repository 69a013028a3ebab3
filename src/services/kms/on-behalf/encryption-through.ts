import type { Authorize } from "../../../model/call.ts";
import { parseCiphertext } from "../cryptography/ciphertext.ts";
import { decryptWith, encryptWith } from "../cryptography/encrypt-with.ts";
import { findCiphertextKey } from "../cryptography/find-ciphertext-key.ts";
import { invalidCiphertext } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import { findKey } from "../keys/find.ts";
import { type EncryptingService, managedAlias, servicePrincipal, viaService } from "../keys/policy.ts";
import { kmsRefusalOf } from "../refusal.ts";
import { ifAuthorised } from "./authorised.ts";
import { type CallThrough, recordThrough } from "./call-through.ts";
import type { Encryption, EncryptionOptions } from "./encryption.ts";
import { openEnvelope, parseEnvelope, sealEnvelope } from "./envelope.ts";

/**
 * The operation that each service encrypts by, which the caller must be allowed.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const encryptBy: Readonly<Record<EncryptingService, "Encrypt" | "GenerateDataKey">> = {
  ssm: "Encrypt",
  secretsmanager: "GenerateDataKey",
};

/** A call whose access is yet to be made. */
type Asked = Omit<CallThrough, "access" | "service"> & { readonly service: EncryptingService };

/** KMS for the other services. `authorize` decides for the call's principal. */
export function encryptionThrough({ store, trail }: EncryptionOptions, authorize: Authorize): Encryption {
  /** Does the work of a call if its caller may ask for it. */
  function perform<T>(asked: Asked, work: () => Promise<T>): Promise<T> {
    const { call, service, operation, found, context } = asked;
    const conditions = encryptionConditions(context);
    conditions["kms:ViaService"] = viaService(service, call.region);
    const calledVia = [...(call.calledVia ?? []), servicePrincipal(service)];
    const access = { ...keyAccess(call, found, conditions), action: `kms:${operation}`, calledVia };
    const note = (error?: unknown) => {
      // Secrets without a key of their own are under the managed key. The caller's event tells of that call; a second one
      // would cost every read a write.
      if (trail && found.key.manager !== "AWS") trail.noteCall(recordThrough({ ...asked, access }, trail.ids, error));
    };
    return ifAuthorised(store, authorize, { call, operation, found, access, note }, work);
  }

  return {
    async encrypt(call, { service, keyId = managedAlias(service), plaintext, encryptionContext: context, envelope }) {
      const found = await findKey({ store }, call, keyId);
      const operation = envelope ? "GenerateDataKey" : encryptBy[service];
      const ciphertext = await perform({ call, service, operation, found, context }, async () => {
        const encryptUnderKey = (text: Uint8Array) => encryptWith({ store }, found, text, { operation, context });
        return envelope ? sealEnvelope(plaintext, encryptUnderKey) : encryptUnderKey(plaintext);
      });
      return { ciphertext, keyArn: found.arn };
    },
    async decrypt(call, { service, ciphertext, encryptionContext: context }) {
      const envelope = parseEnvelope(ciphertext);
      const blob = envelope?.encryptedKey ?? ciphertext;
      const found = await findCiphertextKey({ store }, call, blob);
      const operation = "Decrypt";
      const plaintext = await perform({ call, service, operation, found, context }, async () => {
        const decrypted = await decryptWith({ store }, found, blob, { operation, context, parsed: found.ciphertext });
        const opened = envelope ? openEnvelope(envelope, decrypted) : decrypted;
        if (!opened) throw invalidCiphertext();
        return opened;
      });
      return { plaintext, keyArn: found.arn };
    },
    async isUnderManagedKey({ region }, ciphertext) {
      const keyId = parseCiphertext(parseEnvelope(ciphertext)?.encryptedKey ?? ciphertext)?.keyId;
      const key = keyId === undefined ? undefined : await store.keys.find(region, keyId);
      return key?.manager === "AWS";
    },
    async findKeyArn(call, keyId) {
      try {
        return (await findKey({ store }, call, keyId)).arn;
      } catch (error) {
        if (kmsRefusalOf(error)?.kind === "unknown key") return undefined;
        throw error;
      }
    },
  };
}
