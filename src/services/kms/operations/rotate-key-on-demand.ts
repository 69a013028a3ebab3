import {
  ConflictException$,
  KMSInvalidStateException$,
  LimitExceededException$,
  RotateKeyOnDemandCommand,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseUnusable } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";
import { refuseReplica, refuseUnrotatable } from "../materials/rotation-rules.ts";

/** Milliseconds before an automatic rotation in which there is no other. */
const conflictTime = 20 * 60 * 1000;

/** The rotation is complete when this answers. https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html */
export const rotateKeyOnDemand = operation(RotateKeyOnDemandCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "RotateKeyOnDemand", input.KeyId, toChange),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    const { arn } = found;
    const outcome = await context.keys.rotateOnDemand(found.key, (key) => {
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
