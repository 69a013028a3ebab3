import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import { newTagKeys } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { alreadyExists, invalidParameter } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup } from "../groups/find.ts";
import { type GroupClass, isReserved } from "../groups/group.ts";
import { makeGroup } from "../groups/make.ts";
import { requestedTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const createLogGroup = operation(CreateLogGroupCommand)({
  async find(input, call, context: Logs) {
    const tags = requestedTags(input.tags);
    return { ...(await findGroup(context, call, { logGroupName: input.logGroupName })), tags };
  },

  access(found, _input, call) {
    const need = groupAccess(call, { ...found, group: undefined }, newTagKeys(found.tags));
    return found.tags.length === 0 ? [need] : [need, { ...need, action: "logs:TagResource" }];
  },

  async run({ group: existing, name, tags }, input, context, call) {
    if (isReserved(name)) throw invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
    if (existing) throw alreadyExists("group");
    const place = { account: call.account, region: call.region, partition: call.partition };
    const isNew = await makeGroup(context, place, name, {
      tags,
      class: input.logGroupClass as GroupClass | undefined,
      isProtected: input.deletionProtectionEnabled,
      kmsKeyId: input.kmsKeyId,
    });
    if (!isNew) throw alreadyExists("group");
    return {};
  },
});
