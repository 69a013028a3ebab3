import { PutLogGroupDeletionProtectionCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html */
export const putLogGroupDeletionProtection = operation(PutLogGroupDeletionProtectionCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupIdentifier: input.logGroupIdentifier }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store }) {
    const isThere = await store.groups.set(theGroup(found).id, { isProtected: input.deletionProtectionEnabled });
    if (!isThere) throw groupNotFound();
    return {};
  },
});
