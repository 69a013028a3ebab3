import { DescribeCustomKeyStoresCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { customKeyStoreAccess, refuseCustomKeyStores } from "./custom-key-stores.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html */
export const describeCustomKeyStores = operation(DescribeCustomKeyStoresCommand)({
  access: (_input, call) => customKeyStoreAccess(call, "DescribeCustomKeyStores"),
  run: async () => refuseCustomKeyStores(),
});
