import type { Kysely } from "kysely";
import * as audit from "./001-schema/audit.ts";
import * as ecr from "./001-schema/ecr.ts";
import * as ecs from "./001-schema/ecs.ts";
import * as iam from "./001-schema/iam.ts";
import * as installation from "./001-schema/installation.ts";
import * as kms from "./001-schema/kms.ts";
import * as leases from "./001-schema/leases.ts";
import * as logs from "./001-schema/logs.ts";
import * as organizations from "./001-schema/organizations.ts";
import * as secretsManager from "./001-schema/secrets-manager.ts";
import * as signin from "./001-schema/signin.ts";
import * as ssm from "./001-schema/ssm.ts";

/** Makes every table. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const parts = [installation, leases, organizations, iam, signin, kms, ssm, secretsManager, ecs, logs, ecr, audit];
  for (const part of parts) await part.up(db);
}
