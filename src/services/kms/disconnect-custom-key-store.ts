import { DisconnectCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html */
export const disconnectCustomKeyStore = operation(DisconnectCustomKeyStoreCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "DisconnectCustomKeyStore"),
  run: async () => refuseCustomKeyStores(),
});
