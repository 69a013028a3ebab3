import { DecodeAuthorizationMessageCommand, InvalidAuthorizationMessageException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { refuseUserSession } from "../errors.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html: of the messages in the header
 * `x-sealift-authorization-message` of denials, those of the caller's account.
 */
export const decodeAuthorizationMessage = operation(DecodeAuthorizationMessageCommand)({
  access(_input, call) {
    refuseUserSession(call, "DecodeAuthorizationMessage");
    return { action: "sts:DecodeAuthorizationMessage", resource: "*" };
  },
  async run(input, { decodeAuthorizationMessage: decode }: Sts, { principal }) {
    const decoded = decode?.(input.EncodedMessage, principal.account);
    if (decoded === undefined) {
      throw new ApiError(InvalidAuthorizationMessageException$, "Message is not valid");
    }
    return { DecodedMessage: decoded };
  },
});
