import { DeleteRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const deleteRetentionPolicy = operation(DeleteRetentionPolicyCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, _input, { store }) {
    if (!(await store.groups.set(theGroup(found).id, { retentionDays: null }))) throw groupNotFound();
    return {};
  },
});
