import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { accountRecords } from "./account/records.ts";
import { effectivePolicyRecords } from "./authorization/records.ts";
import { accessKeyRecords } from "./credentials/access-keys/records.ts";
import { mfaDeviceRecords } from "./credentials/mfa-devices/records.ts";
import { loginProfileRecords } from "./credentials/passwords/records.ts";
import { serviceCredentialRecords } from "./credentials/service-credentials/records.ts";
import { signingCertificateRecords } from "./credentials/signing-certificates/records.ts";
import { sshPublicKeyRecords } from "./credentials/ssh-public-keys/records.ts";
import { useRecords } from "./credentials/uses.ts";
import { membershipRecords } from "./entities/groups/records.ts";
import { instanceProfileRecords } from "./entities/instance-profiles/records.ts";
import { attachmentRecords } from "./entities/policies/attachment-records.ts";
import { inlinePolicyRecords } from "./entities/policies/inline-records.ts";
import { entityRecords } from "./entities/records.ts";
import { deletionTaskRecords } from "./entities/service-linked-roles/records.ts";
import { lastAccessedRecords } from "./last-accessed/records.ts";
import { tokenIssuerRecords } from "./outbound-federation/records.ts";
import { policyRecords } from "./policies/records.ts";
import { oidcProviderRecords } from "./providers/oidc/records.ts";
import { samlKeyRecords } from "./providers/saml/private-keys.ts";
import { samlProviderRecords } from "./providers/saml/records.ts";
import { serverCertificateRecords } from "./server-certificates/records.ts";

/** All SQL of IAM by noun, within a transaction or not. */
export type IamRecords = ReturnType<typeof iamRecords>;
export type IamStore = ReturnType<typeof iamStore>;

export function iamStore(database: Database, keyring: Keyring) {
  return {
    ...iamRecords(database.db, keyring),
    uses: useRecords(database),
    /** As `Database.transaction`. An error that `work` throws undoes its writes and reaches the caller. */
    transaction: <T>(work: (store: IamRecords) => Promise<T>): Promise<T> =>
      database.transaction((db) => work(iamRecords(db, keyring))),
  };
}

function iamRecords(db: Kysely<Tables>, keyring: Keyring) {
  return {
    users: entityRecords(db, "user"),
    roles: entityRecords(db, "role"),
    groups: entityRecords(db, "group"),
    memberships: membershipRecords(db),
    inlinePolicies: inlinePolicyRecords(db),
    attachments: attachmentRecords(db),
    instanceProfiles: instanceProfileRecords(db),
    deletionTasks: deletionTaskRecords(db),
    policies: policyRecords(db),
    effectivePolicies: effectivePolicyRecords(db),
    accessKeys: accessKeyRecords(db, keyring),
    loginProfiles: loginProfileRecords(db),
    mfaDevices: mfaDeviceRecords(db, keyring),
    sshPublicKeys: sshPublicKeyRecords(db),
    signingCertificates: signingCertificateRecords(db),
    serviceCredentials: serviceCredentialRecords(db),
    serverCertificates: serverCertificateRecords(db),
    providers: { oidc: oidcProviderRecords(db), saml: samlProviderRecords(db), samlKeys: samlKeyRecords(db, keyring) },
    account: accountRecords(db),
    tokenIssuers: tokenIssuerRecords(db, keyring),
    lastAccessed: lastAccessedRecords(db),
  };
}
