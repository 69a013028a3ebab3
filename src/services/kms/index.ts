import type { Authorize } from "../../model/call.ts";
import type { Encryption, EncryptionOptions } from "./on-behalf/encryption.ts";
import type { ServiceEncryption, ServiceEncryptionOptions } from "./on-behalf/service-encryption.ts";

export { sealCiphertext } from "./cryptography/ciphertext.ts";
export type { KeyGrant } from "./grants/grant.ts";
export type { Key } from "./keys/key.ts";
export { type EncryptingService, managedAlias, managedKeyPolicy } from "./keys/policy.ts";
export type { Encryption } from "./on-behalf/encryption.ts";
export type { ServiceEncryption } from "./on-behalf/service-encryption.ts";
export { KmsRefusal, kmsRefusalOf } from "./refusal.ts";
export { kmsService } from "./service.ts";
export { type KmsStore, kmsStore } from "./store.ts";

/** KMS for the other services, loaded with the first secret: see `on-behalf/encryption-through.ts`. */
export function encryptionThrough(options: EncryptionOptions, authorize: Authorize): Encryption {
  let loaded: Encryption | undefined;
  let loading: Promise<Encryption> | undefined;
  function load(): Promise<Encryption> {
    loading ??= import("./on-behalf/encryption-through.ts").then((module) => {
      loaded = module.encryptionThrough(options, authorize);
      return loaded;
    });
    return loading;
  }
  return {
    encrypt: async (call, request) => (await load()).encrypt(call, request),
    decrypt: (call, request) =>
      loaded ? loaded.decrypt(call, request) : load().then((encryption) => encryption.decrypt(call, request)),
    isUnderManagedKey: async (call, ciphertext) => (await load()).isUnderManagedKey(call, ciphertext),
    findKeyArn: async (call, keyId) => (await load()).findKeyArn(call, keyId),
  };
}

/** KMS for services that use it for themselves, loaded with the first such key. */
export function encryptionForService(options: ServiceEncryptionOptions, authorize: Authorize): ServiceEncryption {
  let loading: Promise<ServiceEncryption> | undefined;
  function load(): Promise<ServiceEncryption> {
    loading ??= import("./on-behalf/service-encryption.ts").then((module) =>
      module.serviceEncryption(options, authorize),
    );
    return loading;
  }
  return {
    generateDataKey: async (request) => (await load()).generateDataKey(request),
    decrypt: async (request) => (await load()).decrypt(request),
  };
}
