import { StringDecoder } from "node:string_decoder";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";

/** Keeps what a session's program prints. */
export interface SessionRecord {
  write(data: Buffer): void;
  /** Resolves when everything is kept, or was given up. Never rejects. */
  close(): Promise<void>;
}

export interface RecordOptions {
  /** Closed with the record. */
  readonly logs: CloudWatchLogs;
  readonly logGroupName: string;
  /** The session's id. */
  readonly logStreamName: string;
  /** The group has to have a KMS key. */
  readonly mustBeEncrypted: boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Called where something could not be kept. */
  onLost(error: unknown): void;
}

/** Milliseconds between two deliveries. */
const interval = 5_000;

/** Characters of an event, far below the 256 KiB that it may have. */
const longestEvent = 60_000;

/** Characters that wait for CloudWatch Logs; what is beyond is lost, and said to be. */
const mostWaiting = 8 * 1024 * 1024;

/** As AWS's SSM agent says it. */
const notEncrypted =
  "We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group. Either encrypt the log group or choose an option to enable logging without encryption.";

/** Opens the log stream of a session in CloudWatch Logs. Rejects where the session may not be recorded: then it must not begin. */
export async function openRecord(options: RecordOptions): Promise<SessionRecord> {
  const { logs, logGroupName, logStreamName, clock, timers } = options;
  try {
    if (options.mustBeEncrypted) {
      const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: logGroupName });
      const group = logGroups.find((one) => one.logGroupName === logGroupName);
      if (group && group.kmsKeyId === undefined) throw new Error(notEncrypted);
    }
    await logs.createLogStream({ logGroupName, logStreamName });
  } catch (error) {
    logs.destroy();
    throw error;
  }
  const decoder = new StringDecoder("utf8");
  let last: Promise<void> = Promise.resolve();
  let waiting = "";
  let lost = false;

  async function deliver(): Promise<void> {
    while (waiting !== "") {
      const message = waiting.slice(0, longestEvent);
      const logEvents = [{ timestamp: clock.now().getTime(), message }];
      await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
      waiting = waiting.slice(message.length);
    }
  }
  /** One after the other. What fails waits for the next one. */
  function keep(): Promise<void> {
    const next = last.then(deliver);
    last = next.catch(() => {});
    return next;
  }
  const stop = timers.every(interval, () => void keep().catch(() => {}));

  return {
    write(data) {
      if (waiting.length < mostWaiting) waiting += decoder.write(data);
      else lost = true;
    },
    async close() {
      stop();
      waiting += decoder.end();
      try {
        await keep();
        if (lost) throw new Error("CloudWatch Logs took the output too slowly");
      } catch (error) {
        options.onLost(error);
      }
      logs.destroy();
    },
  };
}
