import { UnsupportedOperationException$, UpdatePrimaryRegionCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseUnusable } from "../cryptography/key-use.ts";
import { accessToKey, keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";
import { isPrimary, keyArn } from "../keys/key.ts";
import { notPrimary } from "../materials/rotation-rules.ts";

/** The update is complete when this answers. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const updatePrimaryRegion = operation(UpdatePrimaryRegionCommand)({
  async access(input, call, context: Kms) {
    const { PrimaryRegion: region } = input;
    const conditions = { "kms:PrimaryRegion": region };
    const primary = await keyAccess(context, call, "UpdatePrimaryRegion", input.KeyId, toChange, conditions);
    const { key } = await requestedKey(context, call, input.KeyId);
    const replica = isPrimary(key) ? await context.keys.find(region, key.id) : undefined;
    if (!replica) return primary;
    const arn = keyArn({ ...call, region }, key.id);
    return [primary, accessToKey(call, "UpdatePrimaryRegion", { key: replica, arn }, conditions)];
  },
  async run(input, context, call) {
    const { PrimaryRegion: region } = input;
    const { key, arn } = await requestedKey(context, call, input.KeyId);
    const replicaArn = keyArn({ ...call, region }, key.id);
    const updated = await context.keys.updatePrimary(key, region, (primary, replica) => {
      if (!isPrimary(primary)) throw notPrimary(arn);
      if (region === primary.region) {
        throw new ApiError(UnsupportedOperationException$, `${arn} is already the multi-region primary key.`);
      }
      refuseUnusable({ key: primary, arn });
      if (replica) refuseUnusable({ key: replica, arn: replicaArn });
    });
    if (!updated) throw keyNotFound(arn);
    if (updated === "no replica") throw keyNotFound(replicaArn);
    return {};
  },
});
