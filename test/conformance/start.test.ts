import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { sourceProgram } from "../support/program.ts";
import { startSealift } from "../support/sealift.ts";

const { bin, scripts } = manifest;

test("Sealift starts with the same flags of Node, by its name and by npm", () => {
  const main = join(import.meta.dirname, "../..", bin.sealift);
  const [first = ""] = readFileSync(main, "utf8").split("\n", 1);
  const [, command] = /^#!\/usr\/bin\/env -S ((?:\w+=\S+ )*node .+)$/.exec(first) ?? [];
  assert.equal(scripts.sealift, `${command} ${bin.sealift}`);
  assert.equal(scripts.quickstart, `${scripts.sealift} quickstart`);
  assert(statSync(main).mode & 0o100, "src/main.js must be executable");
});

test("a server without an agent loads no SDK client when it starts", async () => {
  const watch = `
    import { registerHooks } from "node:module";
    const load = (url, context, next) => {
      if (url.includes("/@aws-sdk/client-")) process._rawDebug("loads", url);
      return next(url, context);
    };
    registerHooks({ load });`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watch)}` };
  const options = { runtime: "process", flags: ["--no-agent"], program: sourceProgram } as const;
  await using sealift = await startSealift({ ...options, environment });
  assert.doesNotMatch(sealift.stderr(), /loads/);
});
