import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { type Architecture, elf } from "./elf.ts";
import { showEnvironmentCode } from "./show-environment/show-environment-code.ts";

const architecture: Architecture = process.arch === "arm64" ? "arm64" : "x86_64";
const skip = process.platform === "linux" ? false : "only Linux runs Linux programs";

test("elf has the machine of its architecture and enters at its code", () => {
  for (const [name, machine] of [
    ["x86_64", 62],
    ["arm64", 183],
  ] as const) {
    const file = elf(name, Buffer.from("code"));
    assert.equal(file.toString("latin1", 0, 4), "\x7fELF");
    assert.equal(file.readUInt16LE(18), machine);
    const entry = Number(file.readBigUInt64LE(24) - file.readBigUInt64LE(64 + 16));
    assert.equal(file.toString("latin1", entry), "code");
  }
});

test("the program that shows its environment prints it, waits, and ends with 0 on SIGTERM", { skip }, async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-test-"));
  const path = join(directory, "show-environment");
  const code = Buffer.from(showEnvironmentCode[architecture], "base64");
  await writeFile(path, elf(architecture, code), { mode: 0o755 });
  const env = { A: "x=y z", EMPTY: "", UTF8: "grüße 🔑", LARGE: "l".repeat(100_000) };
  const program = spawn(path, { env: { NODE_V8_COVERAGE: undefined, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: program.stdout })) {
    if (lines.push(line) === Object.keys(env).length) break;
  }
  assert.deepEqual(
    lines,
    Object.entries(env).map(([name, value]) => `${name}=${value}`),
  );
  program.kill("SIGTERM");
  assert.deepEqual(await once(program, "exit"), [0, null]);
  await rm(directory, { recursive: true });
});
