import type { Operation } from "../../aws/operation.ts";
import { readGrantToken } from "./grant-token.ts";
import type { Kms } from "./index.ts";

/**
 * The operation, refusing `GrantTokens` that are none. They have no other effect: a grant is good at once.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#grant_token
 */
export function withGrantTokens(operation: Operation<Kms>): Operation<Kms> {
  const { access } = operation;
  if (access === "authenticated") return operation;
  return {
    ...operation,
    access(input: { readonly GrantTokens?: readonly string[] }, call, context) {
      for (const token of input.GrantTokens ?? []) readGrantToken(token);
      return access(input as never, call, context);
    },
  };
}
