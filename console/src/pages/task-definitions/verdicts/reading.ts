import type { Api, CallOptions } from "../../../api/client.ts";
import type { Place } from "./references.ts";
import type { RoleState } from "./verdict.ts";

/** Everything that one reading of verdicts works with. */
export interface Reading {
  readonly api: Api;
  readonly options: CallOptions;
  readonly place: Place;
  readonly role: RoleState;
}
