import type { AccessDecision } from "../../model/call.ts";

/**
 * An event in CloudTrail's own form.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface EventDocument {
  readonly eventVersion: string;
  readonly userIdentity: UserIdentity;
  /** In whole seconds. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: unknown;
  readonly responseElements: unknown;
  readonly additionalEventData?: AdditionalData;
  readonly requestID?: string;
  /** A timed UUID, of the same second as `eventTime`. */
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly EventResource[];
  readonly eventType: "AwsApiCall" | "AwsServiceEvent" | "AwsConsoleSignIn";
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>;
  readonly eventCategory: "Management";
}

export interface AdditionalData extends Readonly<Record<string, unknown>> {
  /** The last decision about a call. */
  readonly decision?: EventDecision;
  /** The versions whose values the answer gave. */
  readonly versions?: readonly EventVersion[];
}

/** A version of a secret, by its id, or of a parameter, by its number. */
export interface EventVersion {
  readonly ARN: string;
  readonly version: string;
}

/** A decision as events show it. */
export type EventDecision = Pick<AccessDecision, "effect" | "by" | "principal" | "action" | "resource" | "statement">;

export interface EventResource {
  /** The owner's account. */
  readonly accountId: string;
  /** `AWS::SecretsManager::Secret` */
  readonly type: string;
  readonly ARN: string;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface UserIdentity {
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly identityProvider?: string;
  readonly invokedBy?: string;
  readonly sessionContext?: SessionContext;
}

export interface SessionContext {
  readonly sessionIssuer?: SessionIssuer;
  readonly attributes?: object;
  readonly sourceIdentity?: string;
}

/** The role or user that a session was made from. */
export interface SessionIssuer {
  readonly type: "Role" | "IAMUser";
  readonly principalId: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly userName?: string;
}

export interface Resource {
  /** `AWS::SecretsManager::Secret` */
  readonly type: string;
  /** Name or ARN. */
  readonly name: string;
}

/** An event as it is found again. */
export interface StoredEvent {
  readonly id: string;
  readonly time: Date;
  readonly source: string;
  readonly name: string;
  readonly username: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly readOnly: boolean;
  readonly resources: readonly Resource[];
  /** The whole event as JSON. */
  readonly document: string;
}

export const eventVersion = "1.11";

export function eventSource(service: string): string {
  return `${service}.amazonaws.com`;
}

/** The latest second: most events have the same second as the event before. */
let last = { second: Number.NaN, text: "" };

/** A time as events show it, in whole seconds. */
export function eventTime(time: Date): string {
  const second = Math.floor(time.getTime() / 1000);
  if (second !== last.second) last = { second, text: `${time.toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** An event from its JSON, which this server wrote. */
export function readEvent(json: string): EventDocument {
  return JSON.parse(json);
}
