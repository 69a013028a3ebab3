import type { Authorize } from "../../model/call.ts";
import type { Encryption, EncryptionOptions } from "./on-behalf/encryption.ts";

export type { Encryption } from "./on-behalf/encryption.ts";
export { KmsRefusal, kmsRefusalOf } from "./refusal.ts";
export { kmsService } from "./service.ts";
export { kmsStore } from "./store.ts";

/** KMS for the other services, loaded with the first secret: see `on-behalf/encryption-through.ts`. */
export function encryptionThrough(options: EncryptionOptions, authorize: Authorize): Encryption {
  let loading: Promise<Encryption> | undefined;
  function load(): Promise<Encryption> {
    loading ??= import("./on-behalf/encryption-through.ts").then((module) =>
      module.encryptionThrough(options, authorize),
    );
    return loading;
  }
  return {
    encrypt: async (call, request) => (await load()).encrypt(call, request),
    decrypt: async (call, request) => (await load()).decrypt(call, request),
    isUnderManagedKey: async (call, ciphertext) => (await load()).isUnderManagedKey(call, ciphertext),
    findKeyArn: async (call, keyId) => (await load()).findKeyArn(call, keyId),
  };
}
