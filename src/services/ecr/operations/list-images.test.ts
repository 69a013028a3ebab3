import assert from "node:assert/strict";
import { assertRefused, notFound, push, testEcr } from "../ecr.fixture.ts";

testEcr("ListImages lists each tag, page by page, and the untagged", async (setting) => {
  const { ecr } = setting;
  const one = await push(setting, "one", "1");
  await push(setting, "one", "latest");
  const two = await push(setting, "two");
  const all: object[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await ecr.listImages({ repositoryName: "app", maxResults: 1, nextToken });
    all.push(...page.imageIds!);
    nextToken = page.nextToken;
    if (nextToken === undefined) break;
  }
  const expected = [
    { imageDigest: one, imageTag: "1" },
    { imageDigest: one, imageTag: "latest" },
    { imageDigest: two },
  ];
  assert.deepEqual(new Set(all.map((id) => JSON.stringify(id))), new Set(expected.map((id) => JSON.stringify(id))));
  const { imageIds } = await ecr.listImages({ repositoryName: "app", filter: { tagStatus: "UNTAGGED" } });
  assert.deepEqual(imageIds, [{ imageDigest: two }]);
});

testEcr("ListImages refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.listImages({ repositoryName: "gone" }), notFound.name, notFound.message);
});
