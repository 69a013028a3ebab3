import { bucketLocationDenied } from "./bucket-location-denied.ts";
import { definitionRefused } from "./definition-refused.ts";
import { definitionTooLarge } from "./definition-too-large.ts";
import { environmentTooLarge } from "./environment-too-large.ts";
import { executionRoleMissing } from "./execution-role-missing.ts";
import { fileDenied } from "./file-denied.ts";
import { imageDenied } from "./image-denied.ts";
import { imageNotFound } from "./image-not-found.ts";
import { jsonKeyMissing } from "./json-key-missing.ts";
import { jsonKeyNotSeen } from "./json-key-not-seen.ts";
import { jsonMalformed } from "./json-malformed.ts";
import { jsonValueChanged } from "./json-value-changed.ts";
import { keyDenied } from "./key-denied.ts";
import { keyNotFound } from "./key-not-found.ts";
import { keyUnusable } from "./key-unusable.ts";
import { labelNotSeen } from "./label-not-seen.ts";
import { labelRefused } from "./label-refused.ts";
import { labelUnknown } from "./label-unknown.ts";
import { logDenied } from "./log-denied.ts";
import { logGroupMissing } from "./log-group-missing.ts";
import { memberUnknown } from "./member-unknown.ts";
import { notReadable } from "./not-readable.ts";
import { notSeen } from "./not-seen.ts";
import { overridesTooLarge } from "./overrides-too-large.ts";
import { parameterDenied } from "./parameter-denied.ts";
import { parameterNameReserved } from "./parameter-name-reserved.ts";
import { parameterNotFound } from "./parameter-not-found.ts";
import { parameterSelector } from "./parameter-selector.ts";
import { plaintextRules } from "./plaintext.ts";
import { referenceMalformed } from "./reference-malformed.ts";
import { registryCredentialsMalformed } from "./registry-credentials-malformed.ts";
import { roleNotFound } from "./role-not-found.ts";
import { roleNotTrusted } from "./role-not-trusted.ts";
import { roleShared } from "./role-shared.ts";
import type { Rule } from "./rule.ts";
import { scpNotSeen } from "./scp-not-seen.ts";
import { secretArnSuffix } from "./secret-arn-suffix.ts";
import { secretBinary } from "./secret-binary.ts";
import { secretDenied } from "./secret-denied.ts";
import { secretForeignDefaultKey } from "./secret-foreign-default-key.ts";
import { secretNotFound } from "./secret-not-found.ts";
import { secretPartialArn } from "./secret-partial-arn.ts";
import { secretPendingDeletion } from "./secret-pending-deletion.ts";
import { secretVersionNotFound } from "./secret-version-not-found.ts";

/** Every rule, in the order in which docs/check.md lists them. A new one is a file and a line here. */
export const rules: readonly Rule[] = [
  definitionRefused,
  definitionTooLarge,
  memberUnknown,
  executionRoleMissing,
  overridesTooLarge,
  roleNotFound,
  roleNotTrusted,
  roleShared,
  referenceMalformed,
  secretNotFound,
  secretArnSuffix,
  secretPartialArn,
  secretVersionNotFound,
  secretPendingDeletion,
  secretForeignDefaultKey,
  secretDenied,
  parameterNotFound,
  parameterDenied,
  parameterSelector,
  parameterNameReserved,
  keyDenied,
  keyUnusable,
  keyNotFound,
  jsonKeyMissing,
  jsonMalformed,
  jsonValueChanged,
  secretBinary,
  registryCredentialsMalformed,
  notReadable,
  imageNotFound,
  imageDenied,
  logGroupMissing,
  logDenied,
  fileDenied,
  bucketLocationDenied,
  environmentTooLarge,
  labelRefused,
  labelUnknown,
  ...plaintextRules,
  jsonKeyNotSeen,
  labelNotSeen,
  scpNotSeen,
  notSeen,
];
