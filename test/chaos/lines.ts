import { setTimeout as delay } from "node:timers/promises";
import {
  type CloudWatchLogs,
  paginateDescribeLogStreams,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from "@aws-sdk/client-cloudwatch-logs";
import type { FinalizeRequestMiddleware } from "@smithy/types";
import type { Clients } from "../support/clients.ts";
import { countedIn } from "../support/log-messages.ts";
import { until } from "../support/until.ts";

/** The log group of containers that print counted lines. */
export const printedGroup = "/chaos/printed";
/** Lines that a program prints which ends by itself. */
export const printedLines = 30;

const put = { logGroupName: "/chaos/put", logStreamName: "lines" };
const batch = 20;

/** A part of a shell script that prints counted lines: so many, or for ever. */
export function printsLines(most?: number): string {
  const goesOn = most === undefined ? "true" : `[ $line -lt ${most} ]`;
  return `line=0; while ${goesOn}; do line=$((line+1)); echo line $line; sleep 0.1; done`;
}

/** Calls are known again by their token alone: the id of an SDK's call does not last over our own repeat. */
function knowByToken({ middlewareStack }: CloudWatchLogs): void {
  const middleware: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
    delete (args.request as { headers: Record<string, string> }).headers["amz-sdk-invocation-id"];
    return next(args);
  };
  middlewareStack.addRelativeTo(middleware, { relation: "after", toMiddleware: "retryMiddleware", name: "byToken" });
}

/** Puts batches of counted lines, each again and again until it is acknowledged. `lines.put` are those that were. */
export async function putLines(logs: CloudWatchLogs, lines: { put: number }, isOver: () => boolean): Promise<void> {
  const isMade = (error: Error) => {
    if (error.name !== "ResourceAlreadyExistsException") throw error;
  };
  knowByToken(logs);
  while (!isOver()) {
    const timestamp = Date.now();
    const logEvents = Array.from({ length: batch }, (_, index) => ({
      timestamp,
      message: `line ${lines.put + index + 1}`,
    }));
    // By the token, the batch is known again where the first answer to it was lost.
    const input = { ...put, logEvents, sequenceToken: `from-${lines.put}` };
    for (let isPut = false; !isPut && !isOver(); ) {
      try {
        await logs.createLogGroup({ logGroupName: put.logGroupName }).catch(isMade);
        await logs.createLogStream(put).catch(isMade);
        await logs.putLogEvents(input);
        isPut = true;
        lines.put += batch;
      } catch {
        await delay(50); // not acknowledged
      }
    }
    await delay(100);
  }
}

/** Counts what is wrong with the lines that were put. The batch that nobody acknowledged may be there or not. */
export async function countPut(logs: CloudWatchLogs, acknowledged: number, details: string[]) {
  const { missing, doubled } = faultsOf(await countedIn(logs, put), acknowledged);
  if (missing.length + doubled.length > 0) details.push(`of lines put, ${missing} are lost and ${doubled} doubled`);
  return { lost: missing.length, doubled: doubled.length };
}

interface PrintedWhere {
  /** True where the Engine's own log driver delivers, which gives lines up. */
  readonly isDriver: boolean;
  /** Ids of tasks whose program has printed all its lines. */
  readonly ended: ReadonlySet<string>;
}

/** Counts the lines of containers, and what is wrong with them. Waits for those that are still being delivered. */
export async function countPrinted(logs: CloudWatchLogs, { isDriver, ended }: PrintedWhere, details: string[]) {
  let found = { lines: 0, missing: 0, doubled: 0, details: [] as string[] };
  const look = async () => {
    found = { lines: 0, missing: 0, doubled: 0, details: [] };
    const input = { logGroupName: printedGroup };
    for await (const { logStreams = [] } of paginateDescribeLogStreams({ client: logs }, input)) {
      for (const { logStreamName = "" } of logStreams) {
        const numbers = await countedIn(logs, { ...input, logStreamName });
        const isWhole = ended.has(logStreamName.split("/").at(-1) ?? "");
        const { missing, doubled } = faultsOf(numbers, isWhole ? printedLines : (numbers.at(-1) ?? 0));
        found.lines += numbers.length;
        found.missing += missing.length;
        found.doubled += doubled.length;
        if (missing.length + doubled.length > 0)
          found.details.push(`of ${logStreamName}, lines ${missing} are lost and ${doubled} doubled`);
      }
    }
    return found.missing === 0;
  };
  await until("all lines are delivered", look, { seconds: isDriver ? 15 : 60, pause: 2_000 }).catch(() => {});
  if (!isDriver || found.doubled > 0) details.push(...found.details);
  const { lines, missing, doubled } = found;
  return { lines, doubled, ...(isDriver ? { lost: 0, givenUp: missing } : { lost: missing, givenUp: 0 }) };
}

/** Counts the tasks of the service that print for ever and of which no more lines come. */
export async function countSilent({ ecs, logs }: Clients, service: string, details: string[]): Promise<number> {
  const { taskArns = [] } = await ecs.listTasks({ serviceName: service, desiredStatus: "RUNNING" });
  const streams = taskArns.map((arn) => `${service}/main/${arn.split("/").at(-1)}`);
  const last = async (logStreamName: string) => {
    return (await countedIn(logs, { logGroupName: printedGroup, logStreamName })).at(-1) ?? 0;
  };
  let silent = 0;
  for (const stream of streams) {
    const before = await last(stream);
    await until(`more lines of ${stream}`, async () => (await last(stream)) > before, {
      seconds: 60,
      pause: 1_000,
    }).catch(() => {
      silent++;
      details.push(`no line of ${stream} came after ${before}`);
    });
  }
  return silent;
}

/** The numbers that ought to be there and are not, and those that are there twice or after greater ones. */
function faultsOf(numbers: readonly number[], last: number) {
  const there = new Set(numbers);
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !there.has(number));
  let greatest = 0;
  const doubled = numbers.filter((number) => {
    const isDoubled = number <= greatest;
    greatest = Math.max(greatest, number);
    return isDoubled;
  });
  return { missing, doubled };
}
