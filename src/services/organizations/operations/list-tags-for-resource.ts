import { ListTagsForResourceCommand, TargetNotFoundException$ } from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import { organizationsArn } from "../accounts/account.ts";
import type { Organizations } from "../context.ts";
import { refuseMember } from "../errors.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html: only accounts have tags. */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  access(input, call, { organization }: Organizations) {
    refuseMember(call, organization);
    const kind = input.ResourceId === organization.rootId ? "root" : "account";
    const resource = organizationsArn(organization, kind, input.ResourceId);
    return { action: "organizations:ListTagsForResource", resource };
  },
  async run({ ResourceId: id }, { organization, accounts }) {
    if ([organization.managementAccount, organization.rootId].includes(id)) return { Tags: [] };
    const account = await accounts.find(id);
    if (!account) throw new ApiError(TargetNotFoundException$, "You specified a target that doesn't exist.");
    return { Tags: Object.entries(account.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
