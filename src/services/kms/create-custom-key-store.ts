import { CreateCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html */
export const createCustomKeyStore = operation(CreateCustomKeyStoreCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "CreateCustomKeyStore"),
  run: async () => refuseCustomKeyStores(),
});
