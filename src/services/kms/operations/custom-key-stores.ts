import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  DeleteCustomKeyStoreCommand,
  DescribeCustomKeyStoresCommand,
  DisconnectCustomKeyStoreCommand,
  UnsupportedOperationException$,
  UpdateCustomKeyStoreCommand,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { type Definition, operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";

/**
 * There are no custom key stores, which are keys in an HSM or outside of AWS: every operation on them says so.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html#custom-key-store-overview
 */
export const customKeyStoreOperations = [
  operation(ConnectCustomKeyStoreCommand)(refused("ConnectCustomKeyStore")),
  operation(CreateCustomKeyStoreCommand)(refused("CreateCustomKeyStore")),
  operation(DeleteCustomKeyStoreCommand)(refused("DeleteCustomKeyStore")),
  operation(DescribeCustomKeyStoresCommand)(refused("DescribeCustomKeyStores")),
  operation(DisconnectCustomKeyStoreCommand)(refused("DisconnectCustomKeyStore")),
  operation(UpdateCustomKeyStoreCommand)(refused("UpdateCustomKeyStore")),
];

function refused(name: string): Definition<unknown, never, Kms> {
  return {
    access: (_input, call) => ({
      action: `kms:${name}`,
      resource: "*",
      conditions: { "kms:CallerAccount": call.principal.account },
    }),
    async run() {
      throw new ApiError(UnsupportedOperationException$, "Custom key stores are not supported by Sealift");
    },
  };
}
