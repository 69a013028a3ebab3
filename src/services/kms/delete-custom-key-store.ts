import { DeleteCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteCustomKeyStore.html */
export const deleteCustomKeyStore = operation(DeleteCustomKeyStoreCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "DeleteCustomKeyStore"),
  run: async () => refuseCustomKeyStores(),
});
