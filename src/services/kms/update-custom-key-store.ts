import { UpdateCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html */
export const updateCustomKeyStore = operation(UpdateCustomKeyStoreCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "UpdateCustomKeyStore"),
  run: async () => refuseCustomKeyStores(),
});
