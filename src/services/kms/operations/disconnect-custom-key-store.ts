import { DisconnectCustomKeyStoreCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import { refused } from "../custom-key-stores/refused.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html */
export const disconnectCustomKeyStore = operation(DisconnectCustomKeyStoreCommand)(refused);
