import { AssociateKmsKeyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { theGroup } from "../groups/find.ts";
import { findToEncrypt, underKmsKey } from "../groups/kms-key.ts";

/**
 * Events that are there already stay under the key that they were sealed with, as on AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html
 */
export const associateKmsKey = operation(AssociateKmsKeyCommand)({
  find: (input, call, context: Logs) => findToEncrypt(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store, ids }, call) {
    const group = theGroup(found);
    const key = await underKmsKey({ ...call, account: group.account }, group.name, () =>
      store.keys.make(group, ids.uuid(), input.kmsKeyId),
    );
    if (!(await store.groups.setKey(group.id, key))) throw groupNotFound();
    return {};
  },
});
