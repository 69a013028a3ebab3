import { UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import type { Access, Call } from "../../aws/call.ts";

export function customKeyStoreAccess(call: Call, operation: string): Access {
  return {
    action: `kms:${operation}`,
    resource: "*",
    conditions: { "kms:CallerAccount": call.principal.account },
  };
}

/** Keys are kept in this server only: there is no CloudHSM cluster and no external key manager behind it. */
export function refuseCustomKeyStores(): never {
  throw new ApiError(UnsupportedOperationException$, "Custom key stores are not supported by Sealift");
}
