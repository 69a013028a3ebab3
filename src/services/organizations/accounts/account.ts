import { createHash } from "node:crypto";
import type { Account as AccountShape, CreateAccountStatus } from "@aws-sdk/client-organizations";

/** An account beside the installation's first. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** What came of a CreateAccount. */
export interface AccountRequest {
  /** `car-…` */
  readonly id: string;
  readonly accountName: string;
  /** Of the account that was made. */
  readonly accountId: string | undefined;
  /** One of AWS's `CreateAccountFailureReason`s, where none was made. */
  readonly failure: string | undefined;
  readonly createdAt: Date;
}

/** The organization that an installation is; its ids follow from its first account, so that they never change. */
export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccount: string;
  readonly partition: string;
}

export function organizationOf(managementAccount: string, partition: string): Organization {
  const digest = createHash("sha256").update(managementAccount).digest("hex");
  return { id: `o-${digest.slice(0, 10)}`, rootId: `r-${digest.slice(10, 14)}`, managementAccount, partition };
}

/** `arn:aws:organizations::111122223333:account/o-…/444455556666`; the first account's id comes before. */
export function organizationsArn({ id, managementAccount, partition }: Organization, kind: string, name?: string) {
  const resource = [kind, id, ...(name === undefined ? [] : [name])].join("/");
  return `arn:${partition}:organizations::${managementAccount}:${resource}`;
}

/** The first account, of which nothing is stored. */
export function managementAccount({ managementAccount: id }: Organization): Omit<Account, "createdAt"> {
  return { id, name: "management", email: "management@sealift.invalid", tags: {} };
}

export function shownAccount(
  organization: Organization,
  account: Omit<Account, "createdAt"> & { readonly createdAt?: Date },
): AccountShape {
  const { id, name, email, createdAt } = account;
  return {
    Id: id,
    Arn: organizationsArn(organization, "account", id),
    Email: email,
    Name: name,
    Status: "ACTIVE",
    State: "ACTIVE",
    Paths: [`${organization.id}/${organization.rootId}/${id}/`],
    JoinedMethod: createdAt ? "CREATED" : "INVITED",
    ...(createdAt && { JoinedTimestamp: createdAt }),
  };
}

export function shownRequest({ id, accountName, accountId, failure, createdAt }: AccountRequest): CreateAccountStatus {
  return {
    Id: id,
    AccountName: accountName,
    State: failure === undefined ? "SUCCEEDED" : "FAILED",
    RequestedTimestamp: createdAt,
    CompletedTimestamp: createdAt,
    ...(accountId !== undefined && { AccountId: accountId }),
    ...(failure !== undefined && { FailureReason: failure as NonNullable<CreateAccountStatus["FailureReason"]> }),
  };
}
