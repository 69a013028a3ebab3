import { randomBytes } from "node:crypto";
import { CustomKeyStoreNotFoundException$, GenerateRandomCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import type { Kms } from "./index.ts";
import { refuseRecipient } from "./use-key.ts";

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
