import {
  ConflictException$,
  KMSInvalidStateException$,
  LimitExceededException$,
  RotateKeyOnDemandCommand,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refuseUnusable } from "../keys/state.ts";
import { refuseReplica, refuseUnrotatable } from "../materials/rotation-rules.ts";

/** Milliseconds before an automatic rotation in which there is no other. */
const conflictTime = 20 * 60 * 1000;

/** The rotation is complete when this answers. https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html */
export const rotateKeyOnDemand = operation(RotateKeyOnDemandCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "RotateKeyOnDemand" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, _input, { store }, call) {
    const { arn } = found;
    const outcome = await store.rotations.rotateOnDemand(found.key, (key) => {
      const current = { ...found, key };
      refuseUnusable(current);
      refuseUnrotatable(current);
      refuseReplica(current);
      if (!key.rotatesAt || key.rotatesAt.getTime() - call.time.getTime() > conflictTime) return;
      throw new ApiError(
        ConflictException$,
        "An automatic rotation of this key is currently in progress or scheduled to begin within the next 20 minutes.",
      );
    });
    switch (outcome) {
      case "rotated":
        return { KeyId: arn };
      case "limit":
        throw new ApiError(
          LimitExceededException$,
          "The on-demand rotations limit has been reached for the given keyId. " +
            `No more on-demand rotations can be performed for this key: ${arn}`,
        );
      case "nothing pending":
        throw new ApiError(
          KMSInvalidStateException$,
          `No available key material pending rotation for the key: ${arn}.`,
        );
      case undefined:
        throw keyNotFound(arn);
    }
  },
});
