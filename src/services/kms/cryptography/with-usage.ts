import { KeyLastUsageTrackingOperation } from "@aws-sdk/client-kms";
import type { Operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keysOfCall } from "./find.ts";

/** The operation, noting of the keys that it used that it did, where that is tracked and it succeeded. */
export function withUsage(operation: Operation<Kms>): Operation<Kms> {
  const tracked = Object.values(KeyLastUsageTrackingOperation).find((name) => name === operation.name);
  if (tracked === undefined) return operation;
  const { run } = operation;
  return {
    ...operation,
    async run(found, input, context, call) {
      const output = await run(found, input, context, call);
      for (const { key } of await keysOfCall(call)) context.keys.noteUsage(key, tracked, call);
      return output;
    },
  };
}
