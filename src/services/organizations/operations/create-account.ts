import { CreateAccountCommand, type Tag } from "@aws-sdk/client-organizations";
import type { Ids } from "../../../ids.ts";
import { type Need, operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import { ensureRole } from "../../iam/index.ts";
import type { Account } from "../accounts/account.ts";
import { shownRequest } from "../accounts/shape.ts";
import type { Organizations } from "../context.ts";
import { invalidInput } from "../errors.ts";
import { managedOrganization } from "../organization/access.ts";
import type { Organization } from "../organization/organization.ts";

/** A tag with this key chooses the new account's id; to AWS it is a tag like any other. */
const idTag = "sealift:account-id";
const defaultRoleName = "OrganizationAccountAccessRole";

/**
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html: the account exists when the call
 * answers. As on AWS, its root user has no access key yet; a role that the first account may assume leads into it.
 */
export const createAccount = operation(CreateAccountCommand)({
  find: (input, call, context: Organizations) => ({
    organization: managedOrganization(call, context),
    tags: tagsOf(input.Tags),
  }),
  access({ tags }) {
    const requested = Object.entries(tags).map(([key, value]) => ({ key, value }));
    const need: Need = { resource: "*", conditions: requestTagKeys(requested) };
    return requested.length > 0 ? [need, { ...need, action: "organizations:TagResource" }] : need;
  },
  async run({ organization, tags }, input, { accounts, iamIn, clock, ids, prepare }, call) {
    const account: Account = {
      id: accountId(tags[idTag], organization, ids),
      name: input.AccountName,
      email: input.Email,
      tags,
      createdAt: call.time,
    };
    const { partition, managementAccount } = organization;
    const role = {
      partition,
      account: account.id,
      name: input.RoleName ?? defaultRoleName,
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
