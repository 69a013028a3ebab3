import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { openEcs } from "../test-support.fixture.ts";

const app = { name: "app", image: "nginx", memory: 64 };

for (const { name, open } of databases()) {
  test(`ListTaskDefinitions gives revisions in order, page by page (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs } = own;
    for (const family of ["b", "a", "a", "ab", "a"])
      await ecs.registerTaskDefinition({ family, containerDefinitions: [app] });
    const arn = (reference: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/${reference}`;
    assert.equal((await ecs.describeTaskDefinition({ taskDefinition: "a" })).taskDefinition!.revision, 3);
    await ecs.deregisterTaskDefinition({ taskDefinition: "a:3" });
    assert.equal((await ecs.describeTaskDefinition({ taskDefinition: "a" })).taskDefinition!.revision, 2);
    assert.equal((await ecs.describeTaskDefinition({ taskDefinition: arn("a:3") })).taskDefinition!.status, "INACTIVE");
    const listed: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ecs.listTaskDefinitions({ maxResults: 2, ...(nextToken !== undefined && { nextToken }) });
      listed.push(...page.taskDefinitionArns!);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.deepEqual(listed, ["a:1", "a:2", "ab:1", "b:1"].map(arn));
    assert.deepEqual(
      (await ecs.listTaskDefinitions({ familyPrefix: "a", sort: "DESC" })).taskDefinitionArns,
      ["a:2", "a:1"].map(arn),
    );
    await ecs.deregisterTaskDefinition({ taskDefinition: "b:1" });
    assert.deepEqual(
      (await ecs.listTaskDefinitions({ status: "INACTIVE" })).taskDefinitionArns,
      ["a:3", "b:1"].map(arn),
    );
    await assert.rejects(ecs.describeTaskDefinition({ taskDefinition: "b" }), {
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  });
}

test("ListTaskDefinitions refuses a token that it never gave", async () => {
  await using own = await openEcs();
  for (const key of ["x", "{}", '{"family":"a"}', '{"family":1,"revision":1}']) {
    const nextToken = Buffer.from(key).toString("base64url");
    await assert.rejects(own.ecs.listTaskDefinitions({ nextToken }), { message: "Invalid token." });
  }
  await assert.rejects(own.ecs.listTaskDefinitions({ nextToken: "x" }), { message: "Invalid token." });
});
