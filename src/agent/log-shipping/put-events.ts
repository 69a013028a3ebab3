import type { CloudWatchLogs, ServiceInputTypes, ServiceOutputTypes } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, FinalizeRequestMiddleware } from "@smithy/types";
import type { Endpoints } from "../link/endpoints.ts";
import { lasting, makeStream, nameOf, StreamError } from "../log-streams.ts";
import { marksHeader } from "../output/batch-marks.ts";
import type { ShippedEvent } from "./events.ts";
import type { AwslogsOptions } from "./options.ts";
import { Undeliverable } from "./shipper.ts";

export interface PutOptions {
  readonly endpoints: Pick<Endpoints, "call">;
  /** CloudWatch Logs, where it is not the control plane's; `aws` for Amazon's. */
  readonly endpoint?: string;
  readonly options: Pick<AwslogsOptions, "group" | "region" | "createsGroup">;
  readonly stream: string;
  /** `undefined` for the SDK's own. */
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  readonly events: readonly ShippedEvent[];
  /** Of the call: CloudWatch Logs of this installation keeps what comes twice with it once. */
  readonly id: string;
  readonly marks: string | undefined;
}

/** Milliseconds. */
const requestTimeout = 30_000;

/** One PutLogEvents. Rejects with `Undeliverable` where it is refused for good. */
export function putEvents(options: PutOptions): Promise<void> {
  const { endpoints, endpoint, options: place, stream, credentials, events } = options;
  return endpoints.call(async (current) => {
    const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
    const url = endpoint === "aws" ? undefined : (endpoint ?? current);
    const logs = new CloudWatchLogs({
      ...{ region: place.region, requestHandler: { requestTimeout } },
      ...(credentials && { credentials }),
      ...(url !== undefined && { endpoint: url }),
    });
    addHeaders(logs, options);
    const put = () =>
      logs.putLogEvents({ logGroupName: place.group, logStreamName: stream, logEvents: [...events] }).then(() => {});
    try {
      await put().catch(async (error: unknown) => {
        if (nameOf(error) !== "ResourceNotFoundException") throw error;
        await makeStream(logs, place.group, stream, place.createsGroup);
        await put();
      });
    } catch (error) {
      const isRefused = error instanceof StreamError || lasting.includes(nameOf(error));
      throw isRefused ? new Undeliverable((error as Error).message, { cause: error }) : error;
    } finally {
      logs.destroy();
    }
  });
}

function addHeaders({ middlewareStack }: CloudWatchLogs, { id, marks }: PutOptions): void {
  const put: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> =
    (next, { commandName }) =>
    (given) => {
      const { headers }: { headers?: Record<string, string> } = Object(given.request);
      if (headers && commandName === "PutLogEventsCommand") {
        headers["amz-sdk-invocation-id"] = id;
        if (marks !== undefined) headers[marksHeader] = marks;
      }
      return next(given);
    };
  middlewareStack.addRelativeTo(put, { relation: "after", toMiddleware: "retryMiddleware", name: "shippedBatch" });
}
