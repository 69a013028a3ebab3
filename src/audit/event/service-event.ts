import { defined } from "../../defined.ts";
import { type EventDocument, eventSource, eventTime, eventVersion, type Resource } from "./event.ts";

/** An act of a service that no caller asked for. */
export interface ServiceEvent {
  readonly account: string;
  readonly region: string;
  /** Signing name of the service: `secretsmanager`. */
  readonly service: string;
  /** `RotationFailed` */
  readonly name: string;
  readonly time: Date;
  readonly resources: readonly Resource[];
  /** The actor that the event names: the service's principal unless given. */
  readonly invokedBy?: string;
  /** Further data, in the member in which AWS's service has it: JSON, and never a secret value. */
  readonly additionalData?: Readonly<Record<string, unknown>>;
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>;
  readonly responseElements?: Readonly<Record<string, unknown>>;
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
    ...defined({ additionalEventData: additionalData, serviceEventDetails }),
    eventID: id,
    readOnly: false,
    resources: event.resources.map(({ type, name }) => ({ accountId: event.account, type, ARN: name })),
    eventType: "AwsServiceEvent",
    managementEvent: true,
    recipientAccountId: event.account,
    eventCategory: "Management",
  };
}
