import type { ApiError } from "../../../model/api-error.ts";
import { tooManyUpdates } from "../errors.ts";
import type { Outcome } from "./writes.ts";

/** The result of a write; throws `gone` if there is no parameter, `changed` if it is not the one that was authorised. */
export function resultOf<T>(outcome: Outcome<T>, gone: () => ApiError, changed: () => ApiError = tooManyUpdates): T {
  if (outcome.kind === "done") return outcome.result;
  throw outcome.kind === "gone" ? gone() : changed();
}
