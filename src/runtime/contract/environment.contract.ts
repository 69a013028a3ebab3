import assert from "node:assert/strict";
import { test } from "node:test";
import type { RuntimeError } from "../runtime-error.ts";
import type { Bench } from "./bench.contract.ts";

const environment = {
  PLAIN: "value",
  EMPTY: "",
  EQUALS: "a=b==c=",
  QUOTES: `"double" 'single' \`back\` $HOME \${PATH} \\ %s !`,
  NEWLINES: "\nfirst\r\n\tsecond\n\n",
  SPACES: "  around  ",
  UNICODE: "grüße 🔑 日本 \u00a0\u200b",
  ADDRESS: "http://localhost:4566/key?a=b&c#d",
  LARGE: "0123456789abcdef".repeat(4096),
  JSON: '{"user":"a","password":"b\\n"}',
  "dotted.name-1": "x",
};

/** Names that a runtime may add to a container's environment. */
const added = ["PATH", "HOME", "HOSTNAME", "SEALIFT_CONTAINER_ID"];

export function environmentContract({ subject, runtime, specOf, started, ended }: Bench): void {
  test("the environment arrives byte for byte, with nothing of the runtime's own", async () => {
    const id = await started(specOf("shows its environment", { environment }));
    await ended(id);
    const bytes = Buffer.from((await subject().output(id)).replaceAll(/\s/g, ""), "hex").toString("utf8");
    const found = new Map(
      bytes.split("\0").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    for (const [name, value] of Object.entries(environment)) assert.equal(found.get(name), value, name);
    const others = [...found.keys()].filter(
      (name) => name !== "" && !Object.hasOwn(environment, name) && !added.includes(name),
    );
    assert.deepEqual(others, []);
    const given = await runtime().containers.given(id);
    for (const [name, value] of Object.entries(environment)) assert.equal(given?.environment[name], value, name);
    assert.equal(await runtime().containers.given("0".repeat(64)), undefined);
  });

  test("an environment that no program can be given fails create without its value", async () => {
    for (const broken of [{ NUL: "hidden-value\0" }, { "": "hidden-value" }, { "A=B": "hidden-value" }]) {
      await assert.rejects(
        runtime().containers.create(specOf("waits", { environment: broken })),
        (error: RuntimeError) => {
          assert.equal(error.name, "CannotCreateContainerError");
          assert.ok(!error.message.includes("hidden-value"), error.message);
          return true;
        },
      );
    }
  });
}
