import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { LogEvent } from "../events/block.ts";
import { eventId } from "../events/event-id.ts";

const compress = promisify(gzip);

export interface Delivery {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilters: readonly string[];
  readonly events: readonly LogEvent[];
}

/**
 * The event that a Lambda function gets of log events.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
 */
export async function lambdaEvent({ events, ...delivery }: Delivery): Promise<object> {
  const document = {
    messageType: "DATA_MESSAGE",
    ...delivery,
    logEvents: events.map((event) => ({ id: eventId(event), timestamp: event.timestamp, message: event.message })),
  };
  return { awslogs: { data: (await compress(JSON.stringify(document))).toString("base64") } };
}
