import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Database } from "../../storage/database.ts";
import type { IamStore } from "../iam/index.ts";
import type { Organization } from "./account.ts";
import type { AccountStore } from "./accounts.ts";

export { type Organization, organizationOf } from "./account.ts";
export { type AccountStore, accountStore, type RootKey, sealedColumns } from "./accounts.ts";
export { membership } from "./membership.ts";
export { makeRootKey } from "./root-key.ts";

/** What Organizations' operations work with. The installation is one organization: its first account manages the others. */
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

/** https://docs.aws.amazon.com/organizations/latest/APIReference/ */
export function organizationsService(context: Organizations): Service {
  return service(
    {
      signingName: "organizations",
      targetPrefix: "AWSOrganizationsV20161128",
      protocol: jsonProtocol(),
      violation: { code: "InvalidInputException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
