import assert from "node:assert/strict";
import { test } from "node:test";
import { localWakes } from "./wakes.ts";

test("localWakes calls those who listen to the topic, until they stop", () => {
  const wakes = localWakes();
  const heard: string[] = [];
  const stop = wakes.on("a", () => heard.push("first"));
  wakes.on("a", () => heard.push("second"));
  wakes.on("b", () => heard.push("other"));
  wakes.wake("a");
  assert.deepEqual(heard.splice(0), ["first", "second"]);
  stop();
  wakes.wake("a");
  wakes.wake("nobody listens");
  assert.deepEqual(heard.splice(0), ["second"]);
  wakes.wakeAll();
  assert.deepEqual(heard, ["second", "other"]);
});

test("localWakes keeps a listener that came while the topic's last one went", () => {
  const wakes = localWakes();
  const heard: string[] = [];
  const stop = wakes.on("a", () => {});
  stop();
  wakes.on("a", () => heard.push("new"));
  stop();
  wakes.wake("a");
  assert.deepEqual(heard, ["new"]);
});
