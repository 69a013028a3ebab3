import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Database } from "../../storage/database.ts";
import type { IamStore } from "../iam/index.ts";
import type { AccountStore } from "./accounts/records.ts";
import type { Organization } from "./organization/organization.ts";

/** The stores and helpers of Organizations' operations. An installation is one organization; its first account manages it. */
export interface Organizations {
  readonly organization: Organization;
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** IAM's store over a database. */
  iamIn(database: Database): IamStore;
  /** Gives a new account what its services have from the start. May be called again. */
  prepare(account: string): Promise<void>;
}
