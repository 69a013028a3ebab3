import assert from "node:assert/strict";
import { test } from "node:test";
import { RuntimeUnavailableError } from "../runtime/runtime-error.ts";
import { secretStores, world } from "./agent.fixture.ts";
import { startAgent } from "./agent.ts";

test("agent waits at its start for a control plane that is not up, says so once, and does not wait when refused", async (context) => {
  let registered: "no answer" | "refused" | "yes" = "no answer";
  const { plane, options, timers, start, lines } = await world(context, {
    answer(call) {
      setImmediate(plane.changed);
      if (call.target !== "ecs.RegisterContainerInstance" || registered === "yes") return secretStores(call);
      return registered === "refused"
        ? { status: 400, body: { __type: "AccessDeniedException", message: "not you" } }
        : { status: 503, body: {} };
    },
  });
  const agent = start();
  for (const _ of [1, 2]) {
    while (!timers.pending().includes(2_000)) await new Promise(setImmediate);
    timers.advance(2_000);
  }
  registered = "yes";
  while (plane.sockets.length === 0) {
    if (timers.pending().includes(2_000)) timers.advance(2_000);
    await new Promise(setImmediate);
  }
  await (await agent)[Symbol.asyncDispose]();
  assert.equal(lines.filter((line) => line.startsWith("The agent waits for its control plane")).length, 1);
  registered = "refused";
  await assert.rejects(startAgent(options), { name: "AccessDeniedException" });
  registered = "no answer";
  const stopping = new AbortController();
  const stopped = assert.rejects(startAgent({ ...options, signal: stopping.signal }));
  while (!timers.pending().includes(2_000)) await new Promise(setImmediate);
  stopping.abort();
  await stopped;
});

test("agent waits at its start for a runtime that cannot be reached, and says so once", async (context) => {
  const { plane, runtime, options, timers, start, lines } = await world(context);
  const failing = new Set(["describe", "list"]);
  function unlessAway<T>(name: string, work: () => Promise<T>): Promise<T> {
    setImmediate(plane.changed);
    return failing.has(name) ? Promise.reject(new RuntimeUnavailableError("Cannot", `no ${name}`)) : work();
  }
  const late = {
    ...runtime,
    describe: () => unlessAway("describe", () => runtime.describe()),
    containers: { ...runtime.containers, list: () => unlessAway("list", () => runtime.containers.list()) },
  };
  const agent = start({ runtime: late });
  const waiting = () => plane.until(() => timers.pending().includes(2_000));
  for (const name of ["describe", "list"]) {
    await waiting();
    timers.advance(2_000);
    await waiting();
    failing.delete(name);
    timers.advance(2_000);
  }
  await using _agent = await agent;
  const said = lines.filter((line) => line.startsWith("The agent waits for its runtime"));
  assert.equal(said.length, 2);
  assert.match(said[0] ?? "", /no describe/);

  failing.add("describe");
  const stopping = new AbortController();
  const another = startAgent({
    ...options,
    runtime: late,
    stateFile: `${options.stateFile}2`,
    signal: stopping.signal,
  });
  await waiting();
  stopping.abort();
  await assert.rejects(another, /no describe/);
});
