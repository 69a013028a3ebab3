import type { Authorize } from "../../model/call.ts";
import type { KmsStore } from "./store.ts";

/** The context of KMS's operations. */
export interface Kms {
  readonly store: KmsStore;
  /** Decides whether a new key policy would lock its author out. */
  readonly authorize: Authorize;
  /** Looks up a user or role, of this or another account here. Without it every one counts as existing. */
  readonly principalExists?: (arn: string) => Promise<boolean>;
}
