import type { EventStore } from "../../audit/index.ts";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Call } from "../../model/call.ts";
import type { IamStore } from "../iam/index.ts";
import type { Sessions } from "../sts/index.ts";
import type { AttemptRecords } from "./passwords/attempts.ts";
import type { SigninSessionRecords } from "./sessions/records.ts";

/** What signing in works with. */
export interface Signin {
  readonly store: SigninSessionRecords;
  readonly attempts: AttemptRecords;
  readonly iam: IamStore;
  /** Makes the credentials. */
  readonly sessions: Sessions;
  readonly events: Pick<EventStore, "write">;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The installation's own: its first account keeps the events of who names no account that is here. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  hasAccount(id: string): Promise<boolean>;
  /** True if the root user of an account has this access key. */
  isRootKey(account: string, accessKeyId: string): Promise<boolean>;
  /** IAM's ChangePassword for the caller, with its permissions and its event. Throws its errors. */
  changePassword(call: Call, change: { readonly OldPassword: string; readonly NewPassword: string }): Promise<void>;
}
