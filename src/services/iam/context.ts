import type { Ids } from "../../ids.ts";
import type { LastAccessedWork } from "./last-accessed/work.ts";
import type { IamStore } from "./store.ts";

/** The context of IAM's operations. */
export interface Iam {
  readonly store: IamStore;
  readonly ids: Ids;
  readonly lastAccessed: LastAccessedWork;
  /** The operator's address of this installation, with which the URLs of issuers of identity tokens begin. */
  readonly publicUrl?: string;
}
