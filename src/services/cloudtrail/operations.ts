import * as client from "@aws-sdk/client-cloudtrail";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { CloudTrail } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<CloudTrail> = {
  LookupEvents: async () => (await import("./operations/lookup-events.ts")).lookupEvents,
};
