import * as client from "@aws-sdk/client-cloudtrail";
import type { Operation } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { CloudTrail } from "./context.ts";
import limits from "./limits.json" with { type: "json" };
import { lookupEvents } from "./operations/lookup-events.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<CloudTrail>[] = [lookupEvents];
