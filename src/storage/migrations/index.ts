import type { Migration } from "kysely/migration";
import * as kms from "./001-kms.ts";
import * as iam from "./002-iam.ts";
import * as ssm from "./003-ssm.ts";
import * as secretsManager from "./004-secrets-manager.ts";
import * as ecs from "./005-ecs.ts";
import * as installation from "./006-installation.ts";
import * as kmsKeyKinds from "./007-kms-key-kinds.ts";
import * as kmsGrants from "./008-kms-grants.ts";
import * as ssmPolicies from "./009-ssm-policies.ts";
import * as secretsManagerReplication from "./010-secrets-manager-replication.ts";
import * as secretsManagerRotation from "./011-secrets-manager-rotation.ts";
import * as cloudTrail from "./012-cloudtrail.ts";
import * as kmsKeyUsage from "./013-kms-key-usage.ts";
import * as iamInFull from "./014-iam-in-full.ts";
import * as accounts from "./015-accounts.ts";
import * as audit from "./016-audit-batches.ts";
import * as iamLastAccessed from "./017-iam-last-accessed.ts";

/** Every table, by service. */
export type Tables = kms.KmsTables &
  kmsKeyKinds.KmsTables &
  kmsGrants.KmsGrantTables &
  kmsKeyUsage.KmsKeyUsageTables &
  iam.IamTables &
  iamInFull.IamInFullTables &
  iamLastAccessed.IamLastAccessedTables &
  ssm.SsmTables &
  ssmPolicies.SsmPolicyTables &
  secretsManager.SecretsManagerTables &
  secretsManagerReplication.SecretsManagerReplicationTables &
  secretsManagerRotation.SecretsManagerRotationTables &
  ecs.EcsTables &
  installation.InstallationTables &
  audit.AuditTables &
  accounts.AccountTables;

/** Run in the order of their names, each once. */
export const migrations: Record<string, Migration> = {
  "001-kms": kms,
  "002-iam": iam,
  "003-ssm": ssm,
  "004-secrets-manager": secretsManager,
  "005-ecs": ecs,
  "006-installation": installation,
  "007-kms-key-kinds": kmsKeyKinds,
  "008-kms-grants": kmsGrants,
  "009-ssm-policies": ssmPolicies,
  "010-secrets-manager-replication": secretsManagerReplication,
  "011-secrets-manager-rotation": secretsManagerRotation,
  "012-cloudtrail": cloudTrail,
  "013-kms-key-usage": kmsKeyUsage,
  "014-iam-in-full": iamInFull,
  "015-accounts": accounts,
  "016-audit-batches": audit,
  "017-iam-last-accessed": iamLastAccessed,
};
