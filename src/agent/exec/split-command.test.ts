import assert from "node:assert/strict";
import { test } from "node:test";
import { splitCommand } from "./split-command.ts";

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["/bin/sh", ["/bin/sh"]],
  ["  ls\t-l \n /tmp ", ["ls", "-l", "/tmp"]],
  [`sh -c 'echo "a b" $HOME'`, ["sh", "-c", 'echo "a b" $HOME']],
  [`sh -c "echo 'x'; exit 3"`, ["sh", "-c", "echo 'x'; exit 3"]],
  [`echo "a \\"b\\" \\\\"`, ["echo", 'a "b" \\']],
  [`echo 'a\\b'`, ["echo", "a\\b"]],
  ["a\\ b c", ["a b", "c"]],
  [`printf '' ""`, ["printf", "", ""]],
  [`a'b'"c"d`, ["abcd"]],
  ["ls # all of it\n-l", ["ls", "-l"]],
  ["echo a#b", ["echo", "a#b"]],
  ["", []],
];

for (const [line, words] of cases) {
  test(`splits ${JSON.stringify(line)}`, () => assert.deepEqual(splitCommand(line), words));
}

test("refuses what is not closed", () => {
  for (const line of ["echo 'a", 'echo "a', "echo a\\"]) assert.throws(() => splitCommand(line), Error, line);
});
