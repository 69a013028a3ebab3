import type { Authorize } from "../../aws/call.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Encryption, EncryptionOptions } from "./encryption.ts";
import type { Keys } from "./keys.ts";

export type { DecryptRequest, Encryption, EncryptRequest } from "./encryption.ts";
export { type Keys, keyStore } from "./keys.ts";
export { sealedColumns } from "./sealed-columns.ts";

/** What KMS's operations work with. */
export interface Kms {
  readonly keys: Keys;
  /** Asked whether a new key policy would lock its author out. */
  readonly authorize: Authorize;
  /** Whether the user or role of an ARN, in this or another account here, is there; all are unless given. */
  readonly principalExists?: (arn: string) => Promise<boolean>;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/ */
export function kmsService(context: Kms): Service {
  return service(
    {
      signingName: "kms",
      targetPrefix: "TrentService",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}

/** KMS for the other services, loaded with the first secret: see `encryption-through.ts`. */
export function encryptionThrough(options: EncryptionOptions, authorize: Authorize): Encryption {
  let loading: Promise<Encryption> | undefined;
  function load(): Promise<Encryption> {
    loading ??= import("./encryption-through.ts").then((module) => module.encryptionThrough(options, authorize));
    return loading;
  }
  return {
    encrypt: async (call, request) => (await load()).encrypt(call, request),
    decrypt: async (call, request) => (await load()).decrypt(call, request),
    isUnderManagedKey: async (call, ciphertext) => (await load()).isUnderManagedKey(call, ciphertext),
    findKeyArn: async (call, keyId) => (await load()).findKeyArn(call, keyId),
  };
}
