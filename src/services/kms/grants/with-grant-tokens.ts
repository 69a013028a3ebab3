import type { Operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { readGrantToken } from "./token.ts";

/**
 * The operation, refusing `GrantTokens` that are none. They have no other effect: a grant is good at once.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#grant_token
 */
export function withGrantTokens(operation: Operation<Kms>): Operation<Kms> {
  return {
    ...operation,
    find(input: { readonly GrantTokens?: readonly string[] }, call, context) {
      for (const token of input.GrantTokens ?? []) readGrantToken(token);
      return operation.find(input as never, call, context);
    },
  };
}
