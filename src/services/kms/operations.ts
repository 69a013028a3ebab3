import * as client from "@aws-sdk/client-kms";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { cancelKeyDeletion } from "./cancel-key-deletion.ts";
import { connectCustomKeyStore } from "./connect-custom-key-store.ts";
import { createAlias } from "./create-alias.ts";
import { createCustomKeyStore } from "./create-custom-key-store.ts";
import { createGrant } from "./create-grant.ts";
import { createKey } from "./create-key.ts";
import { decrypt } from "./decrypt.ts";
import { deleteAlias } from "./delete-alias.ts";
import { deleteCustomKeyStore } from "./delete-custom-key-store.ts";
import { describeCustomKeyStores } from "./describe-custom-key-stores.ts";
import { describeKey } from "./describe-key.ts";
import { disableKey } from "./disable-key.ts";
import { disconnectCustomKeyStore } from "./disconnect-custom-key-store.ts";
import { enableKey } from "./enable-key.ts";
import { encrypt } from "./encrypt.ts";
import { generateDataKey } from "./generate-data-key.ts";
import { generateDataKeyWithoutPlaintext } from "./generate-data-key-without-plaintext.ts";
import { generateRandom } from "./generate-random.ts";
import { getKeyPolicy } from "./get-key-policy.ts";
import { getKeyRotationStatus } from "./get-key-rotation-status.ts";
import type { Kms } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { listAliases } from "./list-aliases.ts";
import { listGrants } from "./list-grants.ts";
import { listKeyPolicies } from "./list-key-policies.ts";
import { listKeys } from "./list-keys.ts";
import { listResourceTags } from "./list-resource-tags.ts";
import { listRetirableGrants } from "./list-retirable-grants.ts";
import { putKeyPolicy } from "./put-key-policy.ts";
import { reEncrypt } from "./re-encrypt.ts";
import { retireGrant } from "./retire-grant.ts";
import { revokeGrant } from "./revoke-grant.ts";
import { scheduleKeyDeletion } from "./schedule-key-deletion.ts";
import { tagResource } from "./tag-resource.ts";
import { untagResource } from "./untag-resource.ts";
import { updateAlias } from "./update-alias.ts";
import { updateCustomKeyStore } from "./update-custom-key-store.ts";
import { updateKeyDescription } from "./update-key-description.ts";
import { withGrantTokens } from "./with-grant-tokens.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Kms>[] = [
  cancelKeyDeletion,
  connectCustomKeyStore,
  createAlias,
  createCustomKeyStore,
  createGrant,
  createKey,
  decrypt,
  deleteAlias,
  deleteCustomKeyStore,
  describeCustomKeyStores,
  describeKey,
  disableKey,
  disconnectCustomKeyStore,
  enableKey,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  generateRandom,
  getKeyPolicy,
  getKeyRotationStatus,
  listAliases,
  listGrants,
  listKeyPolicies,
  listKeys,
  listResourceTags,
  listRetirableGrants,
  putKeyPolicy,
  reEncrypt,
  retireGrant,
  revokeGrant,
  scheduleKeyDeletion,
  tagResource,
  untagResource,
  updateAlias,
  updateCustomKeyStore,
  updateKeyDescription,
].map(withGrantTokens);
