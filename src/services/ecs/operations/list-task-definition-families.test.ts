import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openEcs } from "../test-support.fixture.ts";

for (const { name, open } of databases()) {
  test(`ListTaskDefinitionFamilies finds families by prefix and by active revisions (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs } = own;
    for (const family of ["b", "a", "a", "ab"]) {
      await ecs.registerTaskDefinition({
        family,
        containerDefinitions: [{ name: "app", image: "nginx", memory: 64 }],
      });
    }
    await ecs.deregisterTaskDefinition({ taskDefinition: "a:2" });
    assert.deepEqual((await ecs.listTaskDefinitionFamilies({ familyPrefix: "a" })).families, ["a", "ab"]);
    await ecs.deregisterTaskDefinition({ taskDefinition: "b:1" });
    assert.deepEqual((await ecs.listTaskDefinitionFamilies({ status: "ACTIVE" })).families, ["a", "ab"]);
    assert.deepEqual((await ecs.listTaskDefinitionFamilies({ status: "INACTIVE" })).families, ["b"]);
    const first = await ecs.listTaskDefinitionFamilies({ maxResults: 2 });
    const second = await ecs.listTaskDefinitionFamilies({ maxResults: 2, nextToken: first.nextToken! });
    assert.deepEqual([first.families, second.families], [["a", "ab"], ["b"]]);
  });
}

test("ListTaskDefinitionFamilies refuses a token that it never gave", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.listTaskDefinitionFamilies({ nextToken: "x" }), { message: "Invalid token." });
});
