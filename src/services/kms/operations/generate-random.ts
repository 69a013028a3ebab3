import { randomBytes } from "node:crypto";
import { CustomKeyStoreNotFoundException$, GenerateRandomCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { refuseRecipient } from "../cryptography/key-use.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export const generateRandom = operation(GenerateRandomCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input) {
    refuseRecipient(input.Recipient);
    if (input.CustomKeyStoreId !== undefined) throw new ApiError(CustomKeyStoreNotFoundException$, "");
    if (input.NumberOfBytes === undefined) throw validationException("NumberOfBytes is required.");
    return { Plaintext: randomBytes(input.NumberOfBytes) };
  },
});
