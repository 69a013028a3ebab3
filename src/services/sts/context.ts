import type { IamStore } from "../iam/index.ts";
import type { Sessions } from "./sessions/session-tokens.ts";

/** The stores and helpers of STS's operations. */
export interface Sts {
  readonly iam: IamStore;
  readonly sessions: Sessions;
  /** Decodes a denial's message for callers of the account. Without it no message is valid. */
  decodeAuthorizationMessage?(message: string, account: string): string | undefined;
}
