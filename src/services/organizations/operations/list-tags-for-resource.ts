import { ListTagsForResourceCommand, TargetNotFoundException$ } from "@aws-sdk/client-organizations";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { findAccount } from "../accounts/find.ts";
import type { Organizations } from "../context.ts";
import { managedOrganization } from "../organization/access.ts";
import { organizationsArn } from "../organization/organization.ts";

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html: only accounts have tags. */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  async find({ ResourceId: id }, call, context: Organizations) {
    const organization = managedOrganization(call, context);
    const isRoot = id === organization.rootId;
    const tags = isRoot ? {} : (await findAccount(context, id))?.tags;
    return { arn: organizationsArn(organization, isRoot ? "root" : "account", id), tags };
  },
  access: ({ arn }) => ({ resource: arn }),
  async run({ tags }) {
    if (!tags) throw new ApiError(TargetNotFoundException$, "You specified a target that doesn't exist.");
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});
