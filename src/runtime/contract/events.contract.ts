import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bench } from "./bench.contract.ts";

export function eventsContract({ runtime, specOf, started, ended }: Bench): void {
  test("events report every exit once, until they are turned off", async () => {
    const heard: string[] = [];
    const off = runtime().events(({ kind, id }) => kind === "exit" && heard.push(id));
    const first = await started(specOf("exits with 0"));
    const second = await started(specOf("exits with 7"));
    await Promise.all([ended(first), ended(second)]);
    off();
    const third = await started(specOf("exits with 0"));
    await ended(third);
    assert.deepEqual(
      heard.filter((id) => id === first || id === second || id === third).sort(),
      [first, second].sort(),
    );
  });
}
