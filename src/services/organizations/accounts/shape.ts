import type { Account as AccountShape, CreateAccountStatus } from "@aws-sdk/client-organizations";
import { defined } from "../../../defined.ts";
import { type Organization, organizationsArn } from "../organization/organization.ts";
import type { AccountRequest, AnyAccount } from "./account.ts";

/** An account as Organizations' answers show it. */
export function shownAccount(organization: Organization, account: AnyAccount): AccountShape {
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
    ...defined({ JoinedTimestamp: createdAt }),
  };
}

/** The outcome of a CreateAccount as Organizations' answers show it. */
export function shownRequest({ id, accountName, accountId, failure, createdAt }: AccountRequest): CreateAccountStatus {
  return {
    Id: id,
    AccountName: accountName,
    State: failure === undefined ? "SUCCEEDED" : "FAILED",
    RequestedTimestamp: createdAt,
    CompletedTimestamp: createdAt,
    ...defined({ AccountId: accountId, FailureReason: failure }),
  };
}
