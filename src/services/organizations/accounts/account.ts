import type { CreateAccountFailureReason } from "@aws-sdk/client-organizations";
import type { Organization } from "../organization/organization.ts";

/** An account beside the installation's first. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** Any account of the organization. The creation time of the first one is not stored. */
export type AnyAccount = Omit<Account, "createdAt"> & Partial<Pick<Account, "createdAt">>;

/** The outcome of a CreateAccount. */
export interface AccountRequest {
  /** `car-…` */
  readonly id: string;
  readonly accountName: string;
  /** The id of the account that was made. */
  readonly accountId: string | undefined;
  /** The reason why no account was made. */
  readonly failure: CreateAccountFailureReason | undefined;
  readonly createdAt: Date;
}

/** The access key of an account's root user. */
export interface RootKey {
  readonly account: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The first account. Nothing of it is stored. */
export function managementAccount({ managementAccount: id }: Organization): AnyAccount {
  return { id, name: "management", email: "management@sealift.invalid", tags: {} };
}
