import { UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";

/**
 * There are no custom key stores, which keep keys in an HSM or outside of AWS. Every operation on them is refused, once it
 * is authorised. https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html#custom-key-store-overview
 */
export const refused = {
  access: (_found: undefined, _input: object, call: Call) => ({
    resource: "*",
    conditions: { "kms:CallerAccount": call.principal.account },
  }),
  async run(): Promise<never> {
    throw new ApiError(UnsupportedOperationException$, "Custom key stores are not supported by Sealift");
  },
};
