import type { Operation, OperationTable } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { readGrantToken } from "./request.ts";

/**
 * The operations, refusing malformed `GrantTokens`. Tokens have no other effect: a grant works at once.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#grant_token
 */
export function withGrantTokens(operations: OperationTable<Kms>): OperationTable<Kms> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, load]) => [name, async () => refusingMalformed(await load())]),
  );
}

function refusingMalformed(operation: Operation<Kms>): Operation<Kms> {
  return {
    ...operation,
    find(input: { readonly GrantTokens?: readonly string[] }, call, context) {
      for (const token of input.GrantTokens ?? []) readGrantToken(token);
      return operation.find(input as never, call, context);
    },
  };
}
