import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { fakeClock } from "../../clock.ts";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import { silentLog } from "../../log.ts";
import { type ExecSessionsOptions, execSessions } from "./exec-sessions.ts";

test("who asks for a container that has never run is told so at once", { timeout: 10_000 }, async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  const { port } = (await once(server, "listening").then(() => server.address())) as AddressInfo;
  const options = {
    ...{ exec: undefined, logs: undefined, engine: { tasks: () => [] } },
    ...{ clock: fakeClock("2026-01-01T00:00:00Z"), ids: randomIds, timers: fakeTimers(), log: silentLog },
    // As `openAgentEnd` gives it: nothing is read before somebody listens.
    async connect() {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      await once(socket, "open");
      socket.pause();
      return socket;
    },
  };
  const sessions = execSessions(options as unknown as ExecSessionsOptions);
  const orders = ["ExecuteCommand", "ReadLogs"] as const;
  for (const order of orders) {
    const [accepted] = await Promise.all([
      once(server, "connection"),
      sessions[order === "ReadLogs" ? "beginToRead" : "begin"]({
        ...{ sessionId: order, taskArn: "arn", containerName: "web" },
      } as never),
    ]);
    const [code, reason] = await once(accepted[0] as WebSocket, "close");
    assert.equal(code, 1000);
    assert.match(String(reason), /web/);
  }
  await sessions[Symbol.asyncDispose]();
  server.close();
});
