import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { accountCountStatements } from "./account/count-records.ts";
import { accountStatements } from "./account/records.ts";
import { effectivePolicyStatements } from "./authorization/records.ts";
import { accessKeyStatements } from "./credentials/access-keys/records.ts";
import { loginProfileStatements } from "./credentials/passwords/records.ts";
import { useStore } from "./credentials/uses.ts";
import { groupStatements } from "./entities/groups/records.ts";
import { instanceProfileStatements } from "./entities/instance-profiles/records.ts";
import { entityPolicyStatements } from "./entities/policies/records.ts";
import { entityStatements } from "./entities/records.ts";
import { deletionTaskStatements } from "./entities/service-linked-roles/records.ts";
import { lastAccessedStatements } from "./last-accessed/records.ts";
import { managedPolicyStatements } from "./policies/records.ts";
import { oidcProviderStatements } from "./providers/oidc/records.ts";
import { samlProviderStatements } from "./providers/saml/records.ts";

/** All SQL of IAM, outside or inside a transaction. */
export type IamStatements = ReturnType<typeof statements>;
export type IamStore = ReturnType<typeof iamStore>;

/** IAM's store. */
export function iamStore(database: Database, keyring: Keyring) {
  return {
    ...statements(database.db, keyring),
    ...useStore(database),
    /** As `Database.transaction`. An error that `work` throws undoes what it wrote and is thrown on. */
    transaction: <T>(work: (store: IamStatements) => Promise<T>): Promise<T> =>
      database.transaction((db) => work(statements(db, keyring))),
  };
}

function statements(db: Kysely<Tables>, keyring: Keyring) {
  return {
    ...entityStatements(db),
    ...entityPolicyStatements(db),
    ...groupStatements(db),
    ...loginProfileStatements(db),
    ...accountStatements(db),
    ...accountCountStatements(db),
    ...deletionTaskStatements(db),
    ...lastAccessedStatements(db),
    ...oidcProviderStatements(db),
    ...samlProviderStatements(db),
    ...instanceProfileStatements(db),
    ...managedPolicyStatements(db),
    ...accessKeyStatements(db, keyring),
    ...effectivePolicyStatements(db),
  };
}
