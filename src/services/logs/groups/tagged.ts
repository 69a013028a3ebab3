import { OperationAbortedException$ } from "@aws-sdk/client-cloudwatch-logs";
import { parseArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, resourceNotFound, unsupported } from "../errors.ts";
import { type FoundGroup, findGroup } from "./find.ts";
import { type Group, readIdentifier } from "./group.ts";

/** The group of an ARN. Other resources that AWS's Logs can tag are not here. */
export async function findTagged(context: Logs, call: Call, arn: string): Promise<FoundGroup> {
  const parsed = parseArn(arn);
  if (parsed?.service !== "logs") throw invalidParameter(`Invalid resource ARN: ${arn}`);
  const [kind = ""] = parsed.resource.split(":");
  if (kind !== "log-group") throw unsupported(`Tagging of a ${kind}`);
  const named = readIdentifier(call, arn);
  if (!named) return { account: parsed.account, name: parsed.resource.slice("log-group:".length), group: undefined };
  return findGroup(context, call, { logGroupIdentifier: arn });
}

export function theTagged(found: FoundGroup): Group {
  if (!found.group) throw resourceNotFound("The specified resource does not exist.");
  return found.group;
}

/** Changes the tags of a group, if they are still those that access was decided by. */
export async function changeTags(
  { store }: Logs,
  group: Group,
  change: (tags: readonly Tag[]) => readonly Tag[],
): Promise<void> {
  if (await store.groups.setTags(group, change(group.tags))) return;
  if (!(await store.groups.findById(group.id))) throw groupNotFound();
  throw new ApiError(
    OperationAbortedException$,
    "Multiple concurrent requests to update the same resource were in conflict.",
  );
}
