import assert from "node:assert/strict";
import { assertRefused, lifecycleOf, push, testEcr } from "../ecr.fixture.ts";

const repositoryName = "app";

testEcr("GetLifecyclePolicyPreview shows what would expire, by which rule, in pages", async (setting) => {
  const { ecr, clock } = setting;
  const oldest = clock.now();
  const one = await push(setting, "one", "dev-1");
  clock.advance(1000);
  const two = await push(setting, "two");
  clock.advance(1000);
  await push(setting, "three", "prod");
  const lifecyclePolicyText = lifecycleOf(
    { tagStatus: "tagged", tagPatternList: ["p*d"], countType: "imageCountMoreThan", countNumber: 1 },
    { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
  );
  await ecr.startLifecyclePolicyPreview({ repositoryName, lifecyclePolicyText });
  const digests = async (more: object) =>
    (await ecr.getLifecyclePolicyPreview({ repositoryName, ...more })).previewResults!.map(
      (image) => image.imageDigest,
    );
  assert.deepEqual(await digests({}), [one, two].sort());
  const tagged = await ecr.getLifecyclePolicyPreview({ repositoryName, filter: { tagStatus: "TAGGED" } });
  assert.equal(tagged.status, "COMPLETE");
  assert.deepEqual(JSON.parse(JSON.stringify(tagged.previewResults)), [
    {
      ...{ imageTags: ["dev-1"], imageDigest: one, imagePushedAt: oldest.toISOString(), appliedRulePriority: 2 },
      action: { type: "EXPIRE" },
    },
  ]);
  assert.deepEqual(await digests({ imageIds: [{ imageDigest: two }] }), [two]);
  const first = await ecr.getLifecyclePolicyPreview({ repositoryName, maxResults: 1 });
  assert.deepEqual(await digests({ nextToken: first.nextToken }), [[one, two].sort()[1]]);
});

testEcr("GetLifecyclePolicyPreview refuses a repository without a preview", async ({ ecr }) => {
  await assertRefused(
    ecr.getLifecyclePolicyPreview({ repositoryName }),
    "LifecyclePolicyPreviewNotFoundException",
    "Lifecycle policy preview does not exist for the repository with name 'app' in the registry with id '111122223333'",
  );
});
