import assert from "node:assert/strict";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { programs } from "../contract/subject.contract.ts";
import { docker, openDocker } from "./engine.fixture.ts";
import { resumeStalledChecks } from "./stalled-checks.ts";

const skip = await skipUnless("docker");

test("a container that is frozen, as an Engine was killed before it noted the pause, goes on", {
  skip,
}, async (context) => {
  const Healthcheck = { Test: ["CMD", "true"], Interval: 60e9 };
  const id = await start(specOf({ command: programs.waits, config: { Healthcheck } }));
  const freezer = freezerOf((await docker.getContainer(id).inspect()).State.Pid);
  if (freezer === undefined) return context.skip("the Engine is on another machine");
  writeFileSync(freezer.file, freezer.frozen);
  const isFrozen = () => readFileSync(freezer.file, "utf8").trim() === freezer.frozen;
  await until("it is frozen", isFrozen);
  await assert.rejects(docker.getContainer(id).unpause(), /is not paused/);

  const over = new AbortController();
  const resumed = resumeStalledChecks(docker, prefix, over.signal);
  await until("it goes on", () => !isFrozen());
  over.abort();
  await resumed;
});

const { prefix, start, specOf } = openDocker("stalled");

/** The file that freezes the groups of a program of this machine. */
function freezerOf(pid: number): { readonly file: string; readonly frozen: string } | undefined {
  const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8").split("\n");
  const groups = Object.fromEntries(lines.map((line) => line.split(":").slice(1)));
  const version1 = { file: `/sys/fs/cgroup/freezer${groups.freezer}/freezer.state`, frozen: "FROZEN" };
  const version2 = { file: `/sys/fs/cgroup${groups[""]}/cgroup.freeze`, frozen: "1" };
  return [version1, version2].find(({ file }) => isWritable(file));
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
