import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { plainLog } from "./log.ts";

test("plainLog writes one line that steers no terminal, whatever others have written", () => {
  const output = new PassThrough();
  const hostile = "a\nerror: b\u001b[2J\u009b2J\u007f\u2028\u202egnirts";
  const err = new Error(hostile, { cause: new Error(hostile) });
  plainLog(output).warn({ reason: hostile, err, absent: undefined }, "Said");
  const line = output.read().toString();
  const shown = "a\\u000aerror: b\\u001b[2J\\u009b2J\\u007f\\u2028\\u202egnirts";
  assert.equal(
    line,
    `warning: Said reason="${shown.replace("\\u000a", "\\n")}" err="Error: ${shown}" ("Error: ${shown}")\n`,
  );
});
