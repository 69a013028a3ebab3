import { parseArn } from "../../../arn.ts";

/** A subscription filter. */
export interface Subscription {
  readonly groupId: string;
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
  readonly createdAt: number;
}

/** How far a subscription is. */
export interface Progress {
  /** What came before this time is delivered. */
  readonly deliveredTo: number;
  /** Batches that came later and are delivered, each with the time at which it came. */
  readonly delivered: readonly (readonly [id: string, time: number])[];
}

/** Milliseconds for which a delivery is tried again, as on AWS. */
export const longestBacklog = 24 * 60 * 60 * 1000;

/** The name of the Lambda function that an ARN names. */
export function functionNameIn(destinationArn: string): string | undefined {
  const arn = parseArn(destinationArn);
  const [kind, name] = arn?.service === "lambda" ? arn.resource.split(":") : [];
  return kind === "function" ? name : undefined;
}
