import type { Ids } from "../../ids.ts";
import type { IamStore } from "../iam/index.ts";
import type { Sessions } from "./sessions/session-tokens.ts";

/** The stores and helpers of STS's operations. */
export interface Sts {
  readonly iam: IamStore;
  readonly sessions: Sessions;
  readonly ids: Ids;
  /** The organization of all accounts. Without it they belong to none. */
  readonly organization?: { readonly id: string; readonly path: string };
  /** The operator's address of this installation, with which the URLs of issuers of identity tokens begin. */
  readonly publicUrl?: string;
  /** Decodes a denial's message for callers of the account. Without it no message is valid. */
  decodeAuthorizationMessage?(message: string, account: string): string | undefined;
}
