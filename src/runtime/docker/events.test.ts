import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { programs } from "../contract/subject.contract.ts";
import type { RuntimeEvent } from "../events.ts";
import { docker, engineProxy, openDocker } from "./engine.fixture.ts";

/** Nanoseconds. */
const second = 1_000_000_000;

describe("docker events", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { runtime, open, start, specOf } = openDocker("events");

  test("a program over its memory limit is killed as OutOfMemoryError, and an event says so", async () => {
    const heard: RuntimeEvent[] = [];
    const off = runtime().events((event) => heard.push(event));
    const id = await start(specOf({ command: ["sh", "-c", "tail /dev/zero"], memory: 16 * 1024 * 1024 }));
    await until("the container's end", () => heard.find((event) => event.kind === "exit" && event.id === id));
    off();
    const state = await runtime().containers.inspect(id);
    assert.equal(state?.exitCode, 137);
    assert.equal(`${state.error}`, "OutOfMemoryError: Container killed due to memory usage");
    assert.deepEqual(
      heard.filter((event) => event.id === id),
      [
        { kind: "oom", id },
        { kind: "exit", id },
      ],
    );
  });

  test("what happens while the Engine cannot be heard is found when it can be again", async () => {
    await using proxy = await engineProxy();
    await using proxied = open({ engine: proxy.address });
    const ending = await start(specOf({ command: programs.waits }), proxied);
    const check = {
      Test: ["CMD-SHELL", "test -e /well"],
      ...{ Interval: second / 4, Timeout: 10 * second, Retries: 1 },
    };
    const healing = await start(specOf({ command: programs.waits, config: { Healthcheck: check } }), proxied);
    const heard: RuntimeEvent[] = [];
    proxied.events((event) => heard.push(event));
    await until("bad health", () => heard.find((event) => event.kind === "health" && event.status === "unhealthy"));
    await proxy.sever();
    heard.length = 0;
    await docker.getContainer(ending).kill();
    const exec = await docker.getContainer(healing).exec({ Cmd: ["touch", "/well"] });
    (await exec.start({ Detach: true })).resume(); // unread, the answer would hold the connection open
    await until("good health", async () => (await runtime().containers.inspect(healing))?.health?.status === "healthy");
    await proxy.mend();
    await until("two events", () => heard.length >= 2);
    const byKind = heard.toSorted((one, other) => one.kind.localeCompare(other.kind));
    assert.deepEqual(byKind, [
      { kind: "exit", id: ending },
      { kind: "health", id: healing, status: "healthy" },
    ]);
  });
});
