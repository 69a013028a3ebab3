import type { Authorize } from "../../aws/call.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Keys } from "./keys.ts";

export type { DecryptRequest, Encryption, EncryptRequest } from "./encryption.ts";
export { encryptionThrough } from "./encryption-through.ts";
export { type Keys, keyStore } from "./keys.ts";

/** What KMS's operations work with. */
export interface Kms {
  readonly keys: Keys;
  /** Asked whether a new key policy would lock its author out. */
  readonly authorize: Authorize;
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
