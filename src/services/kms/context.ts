import type { Authorize } from "../../model/call.ts";
import type { Keys } from "./store.ts";

/** What KMS's operations work with. */
export interface Kms {
  readonly keys: Keys;
  /** Asked whether a new key policy would lock its author out. */
  readonly authorize: Authorize;
  /** Whether the user or role of an ARN, in this or another account here, is there; all are unless given. */
  readonly principalExists?: (arn: string) => Promise<boolean>;
}
