import { CreateAccountCommand, type Tag } from "@aws-sdk/client-organizations";
import type { Ids } from "../../../ids.ts";
import { operation } from "../../../model/operation-before.ts";
import { ensureRole } from "../../iam/index.ts";
import { type Account, type Organization, shownRequest } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { invalidInput, refuseMember } from "../errors.ts";

/** A tag that AWS takes for any other chooses the id. */
const idTag = "sealift:account-id";
const defaultRoleName = "OrganizationAccountAccessRole";

/**
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html: the account is there when the call
 * answers. Its root user has no access key yet, as on AWS; a role that the first account may assume leads into it.
 */
export const createAccount = operation(CreateAccountCommand)({
  access(input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    const tags = tagsOf(input.Tags);
    const keys = Object.keys(tags);
    const conditions = {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...(keys.length > 0 && { "aws:TagKeys": keys }),
    };
    const actions = ["organizations:CreateAccount", ...(keys.length > 0 ? ["organizations:TagResource"] : [])];
    return actions.map((action) => ({ action, resource: "*", conditions }));
  },
  async run(input, { organization, accounts, iamIn, clock, ids, prepare }, call) {
    const tags = tagsOf(input.Tags);
    const account: Account = {
      id: accountId(tags[idTag], organization, ids),
      name: input.AccountName,
      email: input.Email,
      tags,
      createdAt: call.time,
    };
    const { partition, managementAccount } = organization;
    const role = {
      ...{ partition, account: account.id, name: input.RoleName ?? defaultRoleName },
      principal: { AWS: `arn:${partition}:iam::${managementAccount}:root` },
      awsPolicies: ["AdministratorAccess"],
    };
    const request = await accounts.insert(account, `car-${ids.hex(16)}`, (database) =>
      ensureRole({ store: iamIn(database), clock, ids }, role),
    );
    if (request.failure === undefined) await prepare(account.id);
    return { CreateAccountStatus: shownRequest(request) };
  },
});

function accountId(chosen: string | undefined, { managementAccount }: Organization, ids: Ids): string {
  if (chosen === undefined) return ids.text(1, "123456789") + ids.text(11, "0123456789");
  if (!/^\d{12}$/.test(chosen)) {
    throw invalidInput("INVALID_PATTERN", `The value of the tag ${idTag} must be 12 digits: "${chosen}"`);
  }
  if (chosen === managementAccount) {
    throw invalidInput("TARGET_NOT_SUPPORTED", `The account ${chosen} is the management account`);
  }
  return chosen;
}

function tagsOf(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  const keys = tags.map(({ Key: key }) => key?.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidInput("DUPLICATE_TAG_KEY", "Duplicate tag keys found. Tag keys are case insensitive.");
  }
  return Object.fromEntries(tags.map(({ Key: key = "", Value: value = "" }) => [key, value]));
}
