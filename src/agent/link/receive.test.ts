import assert from "node:assert/strict";
import { test } from "node:test";
import type { AcsMessage } from "../../acs/protocol.ts";
import { silentLog } from "../../log.ts";
import { openWorld } from "../engine/engine.fixture.ts";
import { container, payload } from "../engine/task.fixture.ts";
import { receiver } from "./receive.ts";

const message: AcsMessage = {
  type: "PayloadMessage",
  message: {
    messageId: "1",
    clusterArn: "default",
    containerInstanceArn: "instance",
    generatedAt: 1,
    tasks: [payload([container("main")])],
  },
};

test("a payload is acknowledged once its tasks are on the disk, and not if the agent ends before", async () => {
  for (const isSaved of [true, false]) {
    const { engine } = openWorld();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const receive = receiver({
      engine: { ...engine, accept: () => promise },
      execSessions: { begin() {}, beginToRead() {}, end() {} },
      cluster: "default",
      containerInstanceArn: "instance",
      log: silentLog,
    });
    const sent: string[] = [];
    receive(message, (type) => sent.push(type));
    await new Promise(setImmediate);
    assert.deepEqual(sent, []);
    resolve(isSaved);
    await new Promise(setImmediate);
    assert.deepEqual(sent, isSaved ? ["AckRequest"] : []);
  }
});
