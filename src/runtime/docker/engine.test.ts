import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { connectDocker } from "./engine.ts";
import { isUnreachable } from "./engine-error.ts";

test("connectDocker settles on a socket only once one is there", async (context) => {
  const directory = await mkdtemp(join(tmpdir(), "engine-"));
  context.after(() => rm(directory, { recursive: true, force: true }));
  const sockets = ["first", "second"].map((name) => join(directory, name));
  await assert.rejects(connectDocker({ sockets }), (error) => isUnreachable(error));
  await writeFile(sockets[1]!, "");
  const { modem } = await connectDocker({ sockets });
  assert.equal((modem as { readonly socketPath?: string }).socketPath, sockets[1]);
});
