import * as client from "@aws-sdk/client-kms";
import type { Authorize } from "../../aws/call.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import { cancelKeyDeletion } from "./cancel-key-deletion.ts";
import { createAlias } from "./create-alias.ts";
import { createKey } from "./create-key.ts";
import { decrypt } from "./decrypt.ts";
import { deleteAlias } from "./delete-alias.ts";
import { describeKey } from "./describe-key.ts";
import { disableKey } from "./disable-key.ts";
import { enableKey } from "./enable-key.ts";
import { encrypt } from "./encrypt.ts";
import { generateDataKey } from "./generate-data-key.ts";
import { generateDataKeyWithoutPlaintext } from "./generate-data-key-without-plaintext.ts";
import { generateRandom } from "./generate-random.ts";
import { getKeyPolicy } from "./get-key-policy.ts";
import { getKeyRotationStatus } from "./get-key-rotation-status.ts";
import type { Keys } from "./keys.ts";
import limits from "./limits.json" with { type: "json" };
import { listAliases } from "./list-aliases.ts";
import { listKeyPolicies } from "./list-key-policies.ts";
import { listKeys } from "./list-keys.ts";
import { listResourceTags } from "./list-resource-tags.ts";
import { putKeyPolicy } from "./put-key-policy.ts";
import { reEncrypt } from "./re-encrypt.ts";
import { scheduleKeyDeletion } from "./schedule-key-deletion.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateAlias } from "./update-alias.ts";
import { updateKeyDescription } from "./update-key-description.ts";

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
      model: { limits, exports: client },
      operations: [
        cancelKeyDeletion,
        createAlias,
        createKey,
        decrypt,
        deleteAlias,
        describeKey,
        disableKey,
        enableKey,
        encrypt,
        generateDataKey,
        generateDataKeyWithoutPlaintext,
        generateRandom,
        getKeyPolicy,
        getKeyRotationStatus,
        listAliases,
        listKeyPolicies,
        listKeys,
        listResourceTags,
        putKeyPolicy,
        reEncrypt,
        scheduleKeyDeletion,
        tagResource,
        untagResource,
        updateAlias,
        updateKeyDescription,
      ],
    },
    context,
  );
}
