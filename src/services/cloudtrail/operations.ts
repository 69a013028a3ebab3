import * as client from "@aws-sdk/client-cloudtrail";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import type { CloudTrail } from "./index.ts";
import limits from "./limits.json" with { type: "json" };
import { lookupEvents } from "./lookup-events.ts";

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<CloudTrail>[] = [lookupEvents];
