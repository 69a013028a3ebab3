import type { Call } from "../../../model/call.ts";

/** A request that nobody has signed. */
export type UnsignedCall = Omit<Call, "principal" | "account">;
