import type { Call } from "../../../../model/call.ts";
import type { Need } from "../../../../model/operation.ts";
import { groupAccess, listAccess } from "../../groups/access.ts";
import type { FoundQuery } from "./find.ts";

/** Access to what a query found: that to its groups. */
export function queryAccess(call: Call, { groups }: FoundQuery): readonly Need[] {
  return groups.length === 0 ? [listAccess(call)] : groups.map((found) => groupAccess(call, found));
}
