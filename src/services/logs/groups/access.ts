import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { type ConditionKeys, resourceTagKeys } from "../../../model/tag-conditions.ts";
import type { FoundGroup, FoundStream } from "./find.ts";
import { groupArn, streamArn } from "./group.ts";

/**
 * Access to a group. Its ARN ends in an empty stream, as in AWS's denials, so that a policy has to name it with `:*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function groupAccess(call: Call, found: FoundGroup, conditions: ConditionKeys = {}): Need {
  return needed(call, found, streamArn({ ...call, account: found.account }, found.name, ""), conditions);
}

/** Access to a group's tags: here its ARN has nothing behind the name. */
export function groupTagsAccess(call: Call, found: FoundGroup, conditions: ConditionKeys = {}): Need {
  return needed(call, found, groupArn({ ...call, account: found.account }, found.name), conditions);
}

export function streamAccess(call: Call, found: FoundStream): Need {
  return needed(call, found, streamArn({ ...call, account: found.account }, found.name, found.streamName), {});
}

/** What reading events needs; `unmask` where it asks for data that is masked. */
export function readAccess(need: Need, unmask: boolean | undefined): readonly Need[] {
  return unmask ? [need, { ...need, action: "logs:Unmask" }] : [need];
}

function needed(call: Call, { account, group }: FoundGroup, resource: string, conditions: ConditionKeys): Need {
  return {
    resource,
    ...(account !== call.account && { resourceAccount: account }),
    conditions: { ...resourceTagKeys(group?.tags ?? []), ...conditions },
  };
}

/** Access to a list of groups: AWS's denials name a group and a stream without names. */
export function listAccess(call: Call): Need {
  return { resource: streamArn(call, "", "") };
}
