import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { accessKeyStatements } from "./access-keys.ts";
import { accountCountStatements } from "./account-counts.ts";
import { accountStatements } from "./accounts.ts";
import { deletionTaskStatements } from "./deletion-tasks.ts";
import { effectivePolicyStatements } from "./effective-policies.ts";
import { entityStatements } from "./entities.ts";
import { entityPolicyStatements } from "./entity-policies.ts";
import { groupStatements } from "./groups.ts";
import { instanceProfileStatements } from "./instance-profiles.ts";
import { lastAccessedStatements } from "./last-accessed-jobs.ts";
import { loginProfileStatements } from "./login-profiles.ts";
import { managedPolicyStatements } from "./managed-policies.ts";
import { oidcProviderStatements } from "./oidc-providers.ts";
import { samlProviderStatements } from "./saml-providers.ts";
import { useStore } from "./uses.ts";

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
