import type { ApiError } from "../../model/api-error.ts";
import { type Account, Unseen } from "../account/account.ts";
import { type DryOutcome, type DrySession, someRequest } from "../dry-run/session.ts";
import type { LaunchType, Outcome } from "./subject.ts";

/** What facts are found with. */
export interface Tools {
  readonly account: Account;
  readonly session: DrySession;
  readonly launchType: LaunchType;
  readonly hasExecutionRole: boolean;
  /** Why the session's permissions are nobody's: whatever works is then not known to work. */
  readonly undecided: Unseen | undefined;
}

/** The id of the task that is tried; texts show it as `<task-id>`. */
export const someTask = "5ea11f75ea11f75ea11f75ea11f75ea1";

/** A reason as it is shown, with nothing that stands for something else. */
export function shown(reason: string): string {
  return reason.replaceAll(someTask, "<task-id>");
}

/** An error as the SDK throws it, for code that words such errors. */
export function sdkError({ shape, message, jsonStatus }: ApiError): Error {
  const $metadata = { httpStatusCode: jsonStatus, requestId: someRequest, attempts: 1 };
  return Object.assign(new Error(message), { name: shape, $metadata });
}

/** The outcome of a call whose failure is worded by `reason`. */
export function outcomeOf<Output>(
  { undecided }: Pick<Tools, "undecided">,
  result: DryOutcome<Output>,
  reason: (error: Error) => string,
): Outcome {
  if (result.outcome === "unknown") return { kind: "unknown", unseen: result.unseen };
  if (result.outcome === "failed") {
    const { error, denied } = result;
    return { kind: "failed", error, ...(denied && { denied }), reason: shown(reason(sdkError(error))) };
  }
  return undecided ? { kind: "unknown", unseen: undecided } : { kind: "ok" };
}

/** Resolves to the answer, or to `undefined` where the caller could not see it. */
export async function ifSeen<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Unseen) return undefined;
    throw error;
  }
}
