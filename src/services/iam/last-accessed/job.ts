import type { LastCall } from "../../../audit/index.ts";
import type { Call } from "../../../model/call.ts";
import { idWithoutSession } from "../unique-id.ts";

/** A user or role as a report shows it. */
export interface ReportedEntity {
  readonly arn: string;
  readonly id: string;
  readonly kind: "user" | "role";
  readonly name: string;
  readonly path: string;
}

/** A report of when services were last accessed, unfinished or done. */
export interface LastAccessedJob {
  readonly id: string;
  readonly account: string;
  /** Id of the user or role that asked for it, the account's id for its root user. Nobody else may read the report. */
  readonly requester: string;
  readonly granularity: "SERVICE_LEVEL" | "ACTION_LEVEL";
  readonly createdAt: Date;
  /** The services that the policies allow, and the users and roles that have the policies. */
  readonly services: readonly string[];
  readonly entities: readonly ReportedEntity[];
  readonly done: { readonly at: Date; readonly calls: readonly LastCall[] } | undefined;
}

/** The id that may read a report which the call asks for: the same user, the same role in any session, or the root user. */
export function requesterOf({ principal }: Call): string {
  return idWithoutSession(principal.userId);
}
