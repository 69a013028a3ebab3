import { ConnectCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html */
export const connectCustomKeyStore = operation(ConnectCustomKeyStoreCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "ConnectCustomKeyStore"),
  run: async () => refuseCustomKeyStores(),
});
