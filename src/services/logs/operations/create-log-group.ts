import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import { newTagKeys } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { alreadyExists, invalidParameter } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup } from "../groups/find.ts";
import type { GroupClass } from "../groups/group.ts";
import { underKmsKey } from "../groups/kms-key.ts";
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

  async run({ group: existing, name, tags }, input, { store, ids }, call) {
    if (name.startsWith("aws/")) throw invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
    if (existing) throw alreadyExists("group");
    const place = { account: call.account, region: call.region, partition: call.partition };
    const [id, keyId] = [ids.uuid(), ids.uuid()];
    const key = await underKmsKey(place, name, () => store.keys.make({ id, ...place, name }, keyId, input.kmsKeyId));
    const isNew = await store.groups.insert(
      {
        ...{ id, account: call.account, region: call.region, name, tags, keyId },
        createdAt: call.time.getTime(),
        retentionDays: undefined,
        class: (input.logGroupClass as GroupClass | undefined) ?? "STANDARD",
        isProtected: input.deletionProtectionEnabled ?? false,
        kmsKeyArn: key.kms_key_arn ?? undefined,
      },
      key,
    );
    if (!isNew) throw alreadyExists("group");
    return {};
  },
});
