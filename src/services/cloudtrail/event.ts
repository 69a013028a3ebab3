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
  /** What else is to be said: JSON, and never a value. */
  readonly additionalData: Readonly<Record<string, unknown>>;
}

export interface Resource {
  /** `AWS::SecretsManager::Secret` */
  readonly type: string;
  /** Name or ARN. */
  readonly name: string;
}

/** An event as it is kept. */
export interface StoredEvent {
  readonly id: string;
  readonly time: Date;
  readonly source: string;
  readonly name: string;
  readonly resources: readonly Resource[];
  /** The whole event as JSON. */
  readonly document: string;
}

export function eventSource(service: string): string {
  return `${service}.amazonaws.com`;
}

/**
 * The event as CloudTrail writes it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html
 */
export function eventDocument(event: ServiceEvent, id: string): string {
  const source = eventSource(event.service);
  return JSON.stringify({
    eventVersion: "1.11",
    userIdentity: { accountId: event.account, invokedBy: source },
    eventTime: event.time.toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource: source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: source,
    userAgent: source,
    requestParameters: null,
    responseElements: null,
    additionalEventData: event.additionalData,
    eventID: id,
    readOnly: false,
    resources: event.resources.map(({ type, name }) => ({ accountId: event.account, type, ARN: name })),
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: "Management",
  });
}
