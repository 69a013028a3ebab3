import type { IamStore } from "../iam/index.ts";
import type { Sessions } from "./sessions/session-tokens.ts";

/** What STS's operations work with. */
export interface Sts {
  readonly iam: IamStore;
  readonly sessions: Sessions;
  /** What a denial's message says, for callers of the account; without it no message is valid. */
  decodeAuthorizationMessage?(message: string, account: string): string | undefined;
}
