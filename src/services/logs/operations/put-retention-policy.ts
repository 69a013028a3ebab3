import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { retentionDays } from "../groups/group.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const putRetentionPolicy = operation(PutRetentionPolicyCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store }) {
    if (!retentionDays.includes(input.retentionInDays)) {
      throw invalidParameter(
        `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(", ")}]`,
      );
    }
    const group = theGroup(found);
    if (group.class === "DELIVERY") {
      throw invalidParameter("The retention of a log group of the class DELIVERY cannot be changed.");
    }
    if (!(await store.groups.set(group.id, { retentionDays: input.retentionInDays }))) throw groupNotFound();
    return {};
  },
});
