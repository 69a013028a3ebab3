import { UnsupportedOperationException$, UpdatePrimaryRegionCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { isPrimary, keyArn } from "../keys/key.ts";
import { refuseUnusable } from "../keys/state.ts";
import { notPrimary } from "../materials/rotation-rules.ts";

/** The update is complete when this answers. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const updatePrimaryRegion = operation(UpdatePrimaryRegionCommand)({
  async find(input, call, context: Kms) {
    const { PrimaryRegion: region } = input;
    const primary = await findKey(context, call, input.KeyId, { operation: "UpdatePrimaryRegion" });
    const { id } = primary.key;
    const replica = isPrimary(primary.key) ? await context.store.keys.find(region, id) : undefined;
    return { primary, replica, replicaArn: keyArn({ ...call, region }, id) };
  },
  access({ primary, replica, replicaArn }, input, call) {
    const conditions = { "kms:PrimaryRegion": input.PrimaryRegion };
    const ofPrimary = keyAccess(call, primary, conditions);
    return replica ? [ofPrimary, keyAccess(call, { key: replica, arn: replicaArn }, conditions)] : ofPrimary;
  },
  async run({ primary, replica, replicaArn }, input, { store }) {
    const { key, arn } = primary;
    const updated = await store.replicas.updatePrimary(key, input.PrimaryRegion, (current, currentReplica) => {
      if (!isPrimary(current)) throw notPrimary(arn);
      if (input.PrimaryRegion === current.region) {
        throw new ApiError(UnsupportedOperationException$, `${arn} is already the multi-region primary key.`);
      }
      refuseUnusable({ key: current, arn });
      // A replica that was made since then is not authorised.
      if (!replica || !currentReplica) throw keyNotFound(replicaArn);
      refuseUnusable({ key: currentReplica, arn: replicaArn });
    });
    if (!updated) throw keyNotFound(arn);
    return {};
  },
});
