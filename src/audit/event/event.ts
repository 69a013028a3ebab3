/** Something that a service did by itself, with nobody calling. */
export interface ServiceEvent {
  readonly account: string;
  readonly region: string;
  /** Signing name of the service: `secretsmanager`. */
  readonly service: string;
  /** `RotationFailed` */
  readonly name: string;
  readonly time: Date;
  readonly resources: readonly Resource[];
  /** Who the event says acted: the service's principal unless given. */
  readonly invokedBy?: string;
  /** What else is to be said, in the member in which the service says it: JSON, and never a value. */
  readonly additionalData?: Readonly<Record<string, unknown>>;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>;
  readonly responseElements?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  /** `AWS::SecretsManager::Secret` */
  readonly type: string;
  /** Name or ARN. */
  readonly name: string;
}

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
  readonly additionalEventData?: Readonly<Record<string, unknown>>;
  readonly requestID?: string;
  /** A timed UUID, of the same second as `eventTime`. */
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly EventResource[];
  readonly eventType: "AwsApiCall" | "AwsServiceEvent";
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>;
  readonly eventCategory: "Management";
}

export interface EventResource {
  /** Of its owner. */
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
  readonly sessionContext?: object;
}

/** An event as it is kept. */
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

/** The second that was written last: events beside one another mostly have the same. */
let last = { second: Number.NaN, text: "" };

/** As events tell time. */
export function eventTime(time: Date): string {
  const second = Math.floor(time.getTime() / 1000);
  if (second !== last.second) last = { second, text: `${time.toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html */
export function serviceEventDocument(event: ServiceEvent, id: string): EventDocument {
  const source = eventSource(event.service);
  const { invokedBy = source, additionalData, serviceEventDetails } = event;
  return {
    eventVersion,
    userIdentity: { accountId: event.account, invokedBy },
    eventTime: eventTime(event.time),
    eventSource: source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
    requestParameters: null,
    responseElements: event.responseElements ?? null,
    ...(additionalData && { additionalEventData: additionalData }),
    eventID: id,
    readOnly: false,
    resources: event.resources.map(({ type, name }) => ({ accountId: event.account, type, ARN: name })),
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: event.account,
    ...(serviceEventDetails && { serviceEventDetails }),
    eventCategory: "Management",
  };
}
