import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bench } from "./bench.contract.ts";

/** Nanoseconds. */
const second = 1_000_000_000;

/** As a payload has it. The first check succeeds, the others fail. */
const check = {
  Test: ["CMD-SHELL", "echo checked; test ! -e checked && : > checked"],
  ...{ Interval: second / 4, Timeout: 10 * second, Retries: 2 },
};

export function healthContract({ runtime, specOf, started, listen }: Bench): void {
  test("health: a container without a check has none", async () => {
    for (const config of [{}, { Healthcheck: { Test: ["NONE"] } }]) {
      const id = await started(specOf("waits", { config }));
      assert.equal((await runtime().containers.inspect(id))?.health, undefined);
      await runtime().containers.remove(id);
    }
  });

  test("health: a check without a program fails create, as it would end Docker's Engine", async () => {
    await assert.rejects(runtime().containers.create(specOf("waits", { config: { Healthcheck: { Test: ["CMD"] } } })), {
      name: "CannotCreateContainerError",
      message: "the health check's CMD has no program",
    });
  });

  test("health: events and inspect tell of every change", async () => {
    using ear = listen();
    const id = await started(specOf("waits", { config: { Healthcheck: check } }));
    assert.equal((await runtime().containers.inspect(id))?.health?.status, "starting");
    await ear.first(`container ${id} is unhealthy`, (event) => event.kind === "health" && event.status === "unhealthy");
    const statuses = ear.heard.flatMap((event) => (event.kind === "health" && event.id === id ? [event.status] : []));
    assert.deepEqual(
      statuses.filter((status) => status !== "starting"),
      ["healthy", "unhealthy"],
    );
    const health = (await runtime().containers.inspect(id))?.health;
    assert.equal(health?.status, "unhealthy");
    assert.deepEqual([health.exitCode, health.output?.trim()], [1, "checked"]);
    assert.ok(health.checkedAt instanceof Date);
    await runtime().containers.remove(id);
  });
}
