import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { defined } from "../../../defined.ts";
import { codeOf, messageOf } from "../../caught.ts";
import type { LogContext, LogOptions, LogSink } from "./log-sink.ts";
import { splunkEvents } from "./splunk-event.ts";
import { splunkOptions } from "./splunk-options.ts";
import { type SplunkRequest, splunkRequest } from "./splunk-request.ts";

/** As in Docker's driver: events that go out together, and events that wait while Splunk is away. */
const batchSize = 1000;
const longestQueue = 10 * batchSize;

/** Milliseconds that events wait for company, and between attempts. */
const batchDelay = 500;
const retryDelays = [500, 1000, 2000];
const longestDelay = 5000;

/** Attempts to deliver what is left when the container has ended. */
const lastAttempts = 3;

/**
 * Docker's `splunk` log driver: sends lines to an HTTP Event Collector. Rejects if options are missing or the collector does not
 * answer. The token goes into a header and nowhere else.
 */
export async function openSplunk(options: LogOptions, context: LogContext): Promise<LogSink> {
  const checked = await splunkOptions(options, context.spec, context.id);
  const { url, token, tls } = checked;
  const headers = {
    authorization: `Splunk ${token}`,
    "content-type": "application/json",
    ...defined({
      "content-encoding": checked.gzip ? "gzip" : undefined,
      "x-splunk-request-channel": checked.indexAcknowledgment ? context.ids.uuid() : undefined,
    }),
  };
  if (checked.verifyConnection)
    await request("failed to verify connection", { method: "OPTIONS", url, tls, headers: {} });

  const events = splunkEvents(checked, hostname());
  const queue: string[] = [];
  let dropped = 0;
  let closing = false;
  let sending: Promise<void> | undefined;
  const hurry = new AbortController();

  async function request(attempt: string, asked: SplunkRequest): Promise<void> {
    try {
      await splunkRequest(asked);
    } catch (error) {
      // A code says enough, and unlike the message it does not quote the address.
      const reason = codeOf(error) ?? messageOf(error);
      throw new Error(`splunk: ${attempt} - ${reason.replaceAll(token, "***")}`);
    }
  }

  async function post(batch: readonly string[]): Promise<void> {
    const text = batch.join("");
    const body = checked.gzip ? await promisify(gzip)(text) : Buffer.from(text);
    await request("failed to send event", { method: "POST", url, tls, headers, body });
  }

  /** Sends until nothing waits; after the container's end, a few attempts long. */
  async function send(): Promise<void> {
    await pause(batchDelay);
    for (let failures = 0, last = 0; queue.length > 0; ) {
      const batch = queue.slice(0, batchSize);
      try {
        await post(batch);
        queue.splice(0, batch.length);
        failures = 0;
      } catch (error) {
        if (failures === 0) context.warn(messageOf(error));
        if (closing && ++last >= lastAttempts) break; // some twenty seconds at most
        await pause(retryDelays[failures++] ?? longestDelay);
      }
      trim();
    }
    sending = undefined; // at once, so that no line comes in between unseen
  }

  /** Waits, but not for a container that has ended. */
  async function pause(milliseconds: number): Promise<void> {
    const signal = hurry.signal;
    await delay(closing ? Math.min(milliseconds, batchDelay) : milliseconds, undefined, {
      ref: closing,
      ...defined({ signal: signal.aborted ? undefined : signal }),
    }).catch(() => {}); // hurried
  }

  /** Between batches only: what is being sent must keep its place. */
  function trim(): void {
    const excess = queue.length - longestQueue;
    if (excess <= 0) return;
    queue.splice(0, excess);
    if (dropped === 0) context.warn(`splunk: more than ${longestQueue} events wait, the oldest are dropped`);
    dropped += excess;
  }

  return {
    async write(source, lines) {
      queue.push(...lines.flatMap((line) => events(source, line.text, context.clock.now())));
      sending ??= send();
    },
    async close() {
      closing = true;
      hurry.abort();
      await sending;
      const lost = queue.length + dropped;
      if (lost > 0) context.warn(`splunk: ${lost} events of container "${context.spec.name}" were not delivered`);
    },
  };
}
