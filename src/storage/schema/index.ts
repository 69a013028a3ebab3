import type { AuditTables } from "./audit.ts";
import type { EcrTables } from "./ecr.ts";
import type { EcsTables } from "./ecs.ts";
import type { IamTables } from "./iam.ts";
import type { InstallationTables } from "./installation.ts";
import type { KmsTables } from "./kms.ts";
import type { LeaseTables } from "./leases.ts";
import type { LogsTables } from "./logs.ts";
import type { OrganizationsTables } from "./organizations.ts";
import type { SecretsManagerTables } from "./secrets-manager.ts";
import type { SigninTables } from "./signin.ts";
import type { SsmTables } from "./ssm.ts";

/** Every table. Times are milliseconds since 1970, booleans are 0 and 1. */
export type Tables = AuditTables &
  EcrTables &
  EcsTables &
  IamTables &
  InstallationTables &
  KmsTables &
  LeaseTables &
  LogsTables &
  OrganizationsTables &
  SecretsManagerTables &
  SigninTables &
  SsmTables;
