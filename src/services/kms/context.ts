import type { Authorize } from "../../model/call.ts";
import type { KmsStore } from "./store.ts";

/** The context of KMS's operations. */
export interface Kms {
  readonly store: KmsStore;
  /** Decides whether a new key policy would lock its author out. */
  readonly authorize: Authorize;
  /** Whether the user or role exists, in this or another account here. Every one does unless given. */
  readonly principalExists?: (arn: string) => Promise<boolean>;
}
