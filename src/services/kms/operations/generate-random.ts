import { randomBytes } from "node:crypto";
import { CustomKeyStoreNotFoundException$, GenerateRandomCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refuseRecipient } from "../cryptography/key-use.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export const generateRandom = operation(GenerateRandomCommand)({
  access: () => ({ action: "kms:GenerateRandom", resource: "*" }),
  async run(input, _context: Kms) {
    refuseRecipient(input.Recipient);
    if (input.CustomKeyStoreId !== undefined) throw new ApiError(CustomKeyStoreNotFoundException$, "");
    if (input.NumberOfBytes === undefined) {
      throw new ApiError({ code: "ValidationException", status: 400 }, "NumberOfBytes is required.");
    }
    return { Plaintext: randomBytes(input.NumberOfBytes) };
  },
});
