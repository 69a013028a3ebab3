/** What the pages read of an event's record. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export interface EventRecord {
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly requestID?: string;
  readonly awsRegion?: string;
  readonly userIdentity?: { readonly type?: string; readonly arn?: string; readonly invokedBy?: string };
  readonly resources?: readonly { readonly ARN?: string; readonly type?: string }[];
  readonly additionalEventData?: { readonly decision?: RecordedDecision };
}

/** The last decision about the call, as Sealift records it in `additionalEventData`. */
export interface RecordedDecision {
  readonly effect: "allow" | "explicit-deny" | "implicit-deny";
  readonly by: "root" | "identity" | "resource" | "grant" | "session" | "boundary";
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly statement?: { readonly policy: string; readonly index: number };
}

export function recordOf(text: string | undefined): EventRecord {
  return JSON.parse(text ?? "{}") as EventRecord;
}

export type Outcome = "denied" | "failed" | "succeeded";

/** A call may fail after it was allowed; it is denied if the decision says so, or its error is a service's word for a denial. */
export function outcomeOf({ errorCode, additionalEventData }: EventRecord): Outcome {
  if (errorCode === undefined) return "succeeded";
  const { effect } = additionalEventData?.decision ?? {};
  const isDenied = effect === undefined ? /AccessDenied|Unauthorized/.test(errorCode) : effect !== "allow";
  return isDenied ? "denied" : "failed";
}
