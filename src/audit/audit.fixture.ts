import { randomBytes } from "node:crypto";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { inProcess, testAccount, testRegion } from "../../test/support/in-process.ts";
import { fakeClock } from "../clock.ts";
import { randomIds } from "../ids.ts";
import { keyring } from "../keyring/keyring.ts";
import { cloudTrailService } from "../services/cloudtrail/index.ts";
import type { Database } from "../storage/database.ts";
import { type EventDocument, eventSource, eventTime, eventVersion } from "./event/event.ts";
import { eventStore, type Retention } from "./index.ts";

/** The audit trail over a database, with a real SDK client. */
export function auditOver(database: Database, retention?: Retention) {
  const clock = fakeClock();
  const seal = keyring(randomBytes(32));
  const options = { database, keyring: seal, clock, ids: randomIds, ...(retention && { retention }) };
  const events = eventStore(options);
  const client = new CloudTrailClient(inProcess([cloudTrailService({ events })], { clock }));
  return { client, clock, events, keyring: seal, options, database };
}

/** A call's event; the resources' ARNs are of roles unless given. */
export function callOf(time: Date, name: string, overrides: Partial<EventDocument> = {}): EventDocument {
  return {
    eventVersion,
    userIdentity: { type: "IAMUser", userName: "bob", accessKeyId: "AKIABOB" },
    eventTime: eventTime(time),
    eventSource: eventSource("iam"),
    eventName: name,
    awsRegion: testRegion,
    sourceIPAddress: "192.0.2.1",
    userAgent: "test",
    requestParameters: null,
    responseElements: null,
    eventID: randomIds.timedUuid(time),
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: testAccount,
    eventCategory: "Management",
    ...overrides,
  };
}
