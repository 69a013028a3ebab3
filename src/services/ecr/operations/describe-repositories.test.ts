import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

testEcr("DescribeRepositories lists page by page, and by name", async ({ ecr }) => {
  await ecr.createRepository({ repositoryName: "beta" });
  const first = await ecr.describeRepositories({ maxResults: 1 });
  assert.deepEqual(
    first.repositories?.map(({ repositoryName }) => repositoryName),
    ["app"],
  );
  const second = await ecr.describeRepositories({ maxResults: 1, nextToken: first.nextToken });
  assert.deepEqual(
    second.repositories?.map(({ repositoryName }) => repositoryName),
    ["beta"],
  );
  assert.equal(second.nextToken, undefined);
  const named = await ecr.describeRepositories({ repositoryNames: ["beta"] });
  assert.equal(named.repositories?.length, 1);
});

testEcr("DescribeRepositories refuses a name that is not there, and a made-up token", async ({ ecr }) => {
  await assertRefused(ecr.describeRepositories({ repositoryNames: ["app", "gone"] }), notFound.name, notFound.message);
  await assertRefused(ecr.describeRepositories({ nextToken: "?" }), "InvalidParameterException");
});
