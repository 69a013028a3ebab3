import { DisassociateKmsKeyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { theGroup } from "../groups/find.ts";
import { findToEncrypt } from "../groups/kms-key.ts";

/**
 * Events that are there already still need the KMS key to be read, as on AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DisassociateKmsKey.html
 */
export const disassociateKmsKey = operation(DisassociateKmsKeyCommand)({
  find: (input, call, context: Logs) => findToEncrypt(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, _input, { store, ids }) {
    const group = theGroup(found);
    if (!(await store.groups.setKey(group.id, await store.keys.make(group, ids.uuid())))) throw groupNotFound();
    return {};
  },
});
