import assert from "node:assert/strict";
import { assertRefused, notFound, push, testEcr } from "../ecr.fixture.ts";

testEcr("PutImageTagMutability keeps tags where they are, but for those that filters name", async (setting) => {
  const { ecr } = setting;
  await push(setting, "one", "1");
  await push(setting, "one", "dev-1");
  const answer = await ecr.putImageTagMutability({
    repositoryName: "app",
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filterType: "WILDCARD", filter: "dev-*" }],
  });
  assert.equal(answer.imageTagMutability, "IMMUTABLE_WITH_EXCLUSION");
  await assertRefused(
    push(setting, "two", "1"),
    "ImageTagAlreadyExistsException",
    "The image tag '1' already exists in the 'app' repository and cannot be overwritten because the tag is immutable.",
  );
  assert.ok(await push(setting, "two", "dev-1"));
  await ecr.putImageTagMutability({ repositoryName: "app", imageTagMutability: "MUTABLE" });
  assert.ok(await push(setting, "two", "1"));
});

testEcr("PutImageTagMutability refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.putImageTagMutability({ repositoryName: "gone", imageTagMutability: "MUTABLE" }),
    notFound.name,
    notFound.message,
  );
});
