import { DecodeAuthorizationMessageCommand, InvalidAuthorizationMessageException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { refuseUserSession } from "../errors.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html: decodes the header
 * `x-sealift-authorization-message` of denials in the caller's account.
 */
export const decodeAuthorizationMessage = operation(DecodeAuthorizationMessageCommand)({
  find: (_input, call) => refuseUserSession(call, "DecodeAuthorizationMessage"),
  access: () => ({ resource: "*" }),
  async run(_found, input, { decodeAuthorizationMessage: decode }: Sts, { principal }) {
    const decoded = decode?.(input.EncodedMessage, principal.account);
    if (decoded === undefined) {
      throw new ApiError(InvalidAuthorizationMessageException$, "Message is not valid");
    }
    return { DecodedMessage: decoded };
  },
});
