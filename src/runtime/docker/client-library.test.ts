import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { clientLibrary } from "./client-library.ts";

test("clientLibrary loads neither SSH nor gRPC, and makes clients", async () => {
  const Client = await clientLibrary();
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  assert.ok(loaded.some((file) => file.includes("/docker-modem/")));
  assert.deepEqual(
    loaded.filter((file) => /\/(ssh2|@grpc|protobufjs)\//.test(file)),
    [],
  );
  assert.equal(new Client({ socketPath: "/nowhere" }).getContainer("id").id, "id");
});
