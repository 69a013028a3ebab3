import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { Exec, ExecSpec } from "../exec.ts";
import type { Bench } from "./bench.contract.ts";

export function execContract({ runtime, specOf, started, ready, ended }: Bench): void {
  function exec(): Exec {
    const { exec } = runtime();
    assert.ok(exec);
    return exec;
  }

  function where(name: string, work: (id: string) => Promise<void>): void {
    test(`exec: ${name}`, async () => {
      const id = await started(specOf("waits"));
      await ready(id);
      await work(id);
      await runtime().containers.remove(id);
    });
  }

  async function run(id: string, command: readonly string[], options: Omit<ExecSpec, "command"> = {}, input = "") {
    await using session = await exec().start(id, { command, ...options });
    session.stdin.end(input);
    const [stdout, stderr, exitCode] = await Promise.all([
      text(session.stdout),
      text(session.stderr),
      session.exitCode,
    ]);
    return { stdout, stderr, exitCode };
  }

  where("runs a program, tells its outputs apart and its exit code", async (id) => {
    const found = await run(id, ["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.deepEqual(found, { stdout: "out\n", stderr: "err\n", exitCode: 3 });
  });

  where("hands input over to its end, and all output back", async (id) => {
    const input = "0123456789abcdef\n".repeat(50_000);
    const found = await run(id, ["cat"], { stdin: true }, input);
    assert.equal(found.stdout.length, input.length);
    assert.deepEqual([found.stdout === input, found.exitCode], [true, 0]);
    assert.equal((await run(id, ["cat"])).stdout, "");
  });

  where("sets environment, user and directory", async (id) => {
    const command = ["sh", "-c", 'echo "$A $(whoami) $(pwd)"'];
    const found = await run(id, command, { environment: { A: "x y" }, user: "nobody", workingDirectory: "/tmp" });
    assert.equal(found.stdout, "x y nobody /tmp\n");
  });

  where("gives a terminal of the size asked for, and another size later", async (id) => {
    const command = [
      "sh",
      "-c",
      "until [ \"$(stty size)\" = '40 100' ]; do sleep 0.1; done; echo big; read line; stty size",
    ];
    await using session = await exec().start(id, { command, stdin: true, terminal: { columns: 100, rows: 40 } });
    let seen = "";
    session.stdout.on("data", (piece: Buffer) => {
      seen += piece;
    });
    await until("the first size", () => seen.includes("big"), { detail: () => seen });
    await session.resize({ columns: 90, rows: 30 });
    session.stdin.write("go\n");
    assert.equal(await session.exitCode, 0);
    assert.match(seen, /30 90/);
    await session.resize({ columns: 80, rows: 25 });
  });

  where("closes its streams when it is disposed of", async (id) => {
    const session = await exec().start(id, { command: ["sleep", "1000"] });
    await session[Symbol.asyncDispose]();
    await assert.rejects(session.exitCode);
  });

  where("ends the programs that have a mark, and no others", async (id) => {
    const environment = { MARK: "one" };
    const deaf = ["sh", "-c", "trap '' HUP; echo ready; sleep 1000; sleep 1000"];
    const options = { terminal: { columns: 80, rows: 24 }, stdin: true, environment };
    await using plain = await exec().start(id, { command: ["sh"], ...options });
    await using stubborn = await exec().start(id, { command: deaf, ...options });
    await using other = await exec().start(id, {
      command: ["cat"],
      ...{ ...options, environment: { MARK: "other" } },
    });
    let seen = "";
    stubborn.stdout.on("data", (piece: Buffer) => {
      seen += piece;
    });
    for (const { stdout } of [plain, other]) stdout.resume();
    await until("the program that heeds no end", () => seen.includes("ready"));
    await exec().endMarked(id, "MARK=one");
    assert.notEqual(await plain.exitCode, 0);
    assert.notEqual(await stubborn.exitCode, 0);
    const { stdout } = await run(id, [
      "sh",
      "-c",
      "for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ | grep MARK=; done",
    ]);
    assert.equal(stdout.trim(), "MARK=other");
    other.stdin.write("\u0004");
    assert.equal(await other.exitCode, 0);
  });

  where("fails by name in a container that does not run", async (id) => {
    await runtime().containers.stop(id, 0);
    await ended(id);
    for (const wrong of [id, "0".repeat(64)]) {
      await assert.rejects(exec().start(wrong, { command: ["true"] }), { name: "CannotStartContainerExecError" });
      await exec().endMarked(wrong, "MARK=");
    }
  });
}
