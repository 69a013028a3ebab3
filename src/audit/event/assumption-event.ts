import { parseArn } from "../../arn.ts";
import type { Ids } from "../../ids.ts";
import { type EventDocument, eventSource, eventTime, eventVersion } from "./event.ts";

/** A service's request for a session of a role. */
export interface Assumption {
  readonly service: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
}

type Outcome =
  | { readonly credentials: { readonly accessKeyId: string; readonly expiration: Date } }
  | { readonly denied: string };

/** The time and region of an event, and the source of its ids. */
export interface EventContext {
  readonly ids: Ids;
  readonly now: Date;
  readonly region: string;
}

/** The event of a service that assumed a role, such as a task's, or was denied. As on AWS, the caller is the service. */
export function assumptionEvent(
  asked: Assumption,
  outcome: Outcome,
  { ids, now, region }: EventContext,
): EventDocument {
  const { service, roleArn, sessionName: roleSessionName, durationSeconds } = asked;
  const account = parseArn(roleArn)?.account ?? "";
  return {
    eventVersion,
    userIdentity: { type: "AWSService", invokedBy: service },
    eventTime: eventTime(now),
    eventSource: eventSource("sts"),
    eventName: "AssumeRole",
    awsRegion: region,
    sourceIPAddress: service,
    userAgent: service,
    ...("denied" in outcome && { errorCode: "AccessDenied", errorMessage: outcome.denied.slice(0, 1024) }),
    requestParameters: { roleArn, roleSessionName, durationSeconds },
    responseElements: "denied" in outcome ? null : { credentials: shown(outcome.credentials) },
    requestID: ids.timedUuid(now),
    eventID: ids.timedUuid(now),
    readOnly: true,
    resources: [{ accountId: account, type: "AWS::IAM::Role", ARN: roleArn }],
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
  };
}

function shown({ accessKeyId, expiration }: { readonly accessKeyId: string; readonly expiration: Date }): object {
  return { accessKeyId, expiration: expiration.toISOString() };
}
