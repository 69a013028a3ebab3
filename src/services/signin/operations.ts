import * as client from "@aws-sdk/nested-clients/signin";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Signin } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Signin> = {
  CreateOAuth2Token: async () => (await import("./operations/create-oauth2-token.ts")).createOAuth2Token,
};
