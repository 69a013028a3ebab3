import type { QueryStatus } from "@aws-sdk/client-cloudwatch-logs";
import type { ResultField } from "../language/compile.ts";
import type { Statistics } from "../statistics.ts";

/** A query that was started. */
export interface Query {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly status: QueryStatus;
  readonly createdAt: number;
  /** When the process that runs it was last known to. */
  readonly touchedAt: number;
  readonly statistics: Statistics;
  readonly body: QueryBody;
}

/** What was asked. */
export interface QueryBody {
  readonly queryString: string;
  readonly groups: readonly { readonly account: string; readonly name: string }[];
  /** ARN of who started it. */
  readonly principal: string;
}

export type ResultLine = readonly ResultField[];

/** Milliseconds for which a query and its results are kept: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_Insights-Saving-Queries.html */
export const kept = 7 * 24 * 60 * 60 * 1000;

/** Milliseconds after which a query that nobody touched counts as lost with its process. */
const lost = 60_000;

export function isRunning(status: QueryStatus): boolean {
  return status === "Running" || status === "Scheduled";
}

/** The status as it is shown. */
export function statusOf({ status, touchedAt }: Query, now: number): QueryStatus {
  return isRunning(status) && now - touchedAt > lost ? "Failed" : status;
}
