import { DeleteActivationCommand, InvalidActivation$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteActivation.html */
export const deleteActivation = operation(DeleteActivationCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Ssm, call) {
    if (await store.activations.remove(call, input.ActivationId)) return {};
    throw new ApiError(
      InvalidActivation$,
      "The activation isn't valid. The activation might have been deleted, or the ActivationId and the ActivationCode don't match.",
    );
  },
});
