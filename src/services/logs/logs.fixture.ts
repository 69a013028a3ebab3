import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal } from "../../../test/support/in-process.ts";
import { assertRefused } from "../../../test/support/refused.ts";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import type { ServiceEncryption } from "../kms/index.ts";
import { deliverer, logsService, logsStore, queryRunner, searcher, tendLogs } from "./index.ts";

export { assertRefused };

const noKms: ServiceEncryption = {
  generateDataKey: () => Promise.reject(new Error("No KMS here")),
  decrypt: () => Promise.reject(new Error("No KMS here")),
};

/** CloudWatch Logs over a database, behind the real SDK client. */
export function openLogs(database: Database, encryption = noKms) {
  const clock = fakeClock();
  const timers = fakeTimers();
  const rootKey = randomBytes(32);
  const asked: Access[] = [];
  const state: { principal: Principal } = { principal: rootPrincipal };
  let change: (() => Promise<unknown>) | undefined;
  const store = logsStore(database, keyring(rootKey), {
    ...{ encryption, partition: "aws", now: () => clock.now().getTime() },
  });
  const queries = queryRunner({
    ...{ store, clock, timers },
    onError: (error) => {
      throw error;
    },
  });
  const functions = new Map([["own", "http://127.0.0.1:1/"]]);
  const onError = (error: unknown) => {
    throw error;
  };
  const makeDeliverer = () => deliverer({ store, clock, functions, onError });
  let subscriptions = makeDeliverer();
  const service = logsService({ store, clock, timers, ids: randomIds, queries, functions, searcher: searcher(timers) });
  const configuration = inProcess([service], {
    clock,
    principal: () => state.principal,
    async authorize(_call, access) {
      asked.push(access);
      const once = change;
      change = undefined;
      await once?.();
      return undefined;
    },
  });
  return {
    ...{ database, clock, timers, store, queries, functions, state, asked },
    logs: new CloudWatchLogs({ ...configuration, disableHostPrefix: true }),
    /** The same server, asked as another region's. */
    logsIn: (region: string) => new CloudWatchLogs({ ...configuration, region }),
    /** Does something once the next request is authorised. */
    onceAuthorised(work: () => Promise<unknown>) {
      change = work;
    },
    /** Does a round of deliveries. */
    async deliver() {
      await subscriptions.deliver();
      await subscriptions.idle();
    },
    /** Forgets what is in memory of deliveries. */
    restart() {
      subscriptions = makeDeliverer();
    },
    tend: () => tendLogs({ store, ids: randomIds, now: clock.now() }),
  };
}

/** The ARN of a function that the operator gave a URL. */
export const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:own";

export type Setting = ReturnType<typeof openLogs>;

/** A test on each kind of database. */
export function testLogs(name: string, run: (setting: Setting) => Promise<void>): void {
  for (const kind of databases()) {
    test(`${name} (${kind.name})`, async () => {
      await using database = await kind.open();
      await run(openLogs(database));
    });
  }
}

/** The stream that most tests write to. */
export const place = { logGroupName: "/app", logStreamName: "web/1" } as const;

/** Makes the group `/app` with the stream `web/1`. */
export async function makeStream({ logs }: Pick<Setting, "logs">): Promise<void> {
  await logs.createLogGroup({ logGroupName: place.logGroupName });
  await logs.createLogStream(place);
}

/** Puts messages, each a millisecond after the one before it; the last one now. */
export async function put({ logs, clock }: Pick<Setting, "logs" | "clock">, ...messages: string[]) {
  const first = clock.now().getTime() - messages.length + 1;
  const logEvents = messages.map((message, index) => ({ timestamp: first + index, message }));
  return logs.putLogEvents({ ...place, logEvents });
}
