import type { Principal } from "../../../model/call.ts";
import { validationError } from "../../../model/common-errors.ts";

/** All in seconds. */
const chained = 3600;
const defaultOfRole = 3600;
const defaultOfUser = 43_200;
const longestOfRoot = 3600;

/** Seconds that a role's session lasts. A role's session that assumes a role gets an hour at most. */
export function roleSessionSeconds(requested: number | undefined, longest: number, caller: Principal): number {
  const seconds = requested ?? defaultOfRole;
  if (caller.kind === "assumed-role" && seconds > chained) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  if (seconds > longest) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  return seconds;
}

/** Seconds that a user's session lasts. The root user's lasts an hour at most. */
export function userSessionSeconds(requested: number | undefined, { kind }: Principal): number {
  const seconds = requested ?? defaultOfUser;
  return kind === "root" ? Math.min(seconds, longestOfRoot) : seconds;
}
