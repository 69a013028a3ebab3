import assert from "node:assert/strict";
import { test } from "node:test";
import { openEcs } from "../test-support.fixture.ts";

test("DiscoverPollEndpoint names the server as the agent does", async () => {
  await using own = await openEcs();
  assert.equal((await own.ecs.discoverPollEndpoint({})).endpoint, "http://ecs.us-east-1.amazonaws.com");
});

test("DiscoverPollEndpoint refuses a caller who may not", async () => {
  await using own = await openEcs({ authorize: async () => "not you" });
  await assert.rejects(own.ecs.discoverPollEndpoint({}), { name: "AccessDeniedException", message: "not you" });
});
