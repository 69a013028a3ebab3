import assert from "node:assert/strict";
import { assertRefused, lifecycleOf, push, testEcr } from "../ecr.fixture.ts";

const repositoryName = "app";

testEcr("StartLifecyclePolicyPreview takes a policy, or the repository's own, and deletes nothing", async (setting) => {
  const { ecr, clock } = setting;
  await push(setting, "one", "1");
  clock.advance(1000);
  await push(setting, "two", "2");
  await assertRefused(ecr.startLifecyclePolicyPreview({ repositoryName }), "LifecyclePolicyNotFoundException");
  const lifecyclePolicyText = lifecycleOf({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 });
  const { status } = await ecr.startLifecyclePolicyPreview({ repositoryName, lifecyclePolicyText });
  assert.equal(status, "IN_PROGRESS");
  const { summary } = await ecr.getLifecyclePolicyPreview({ repositoryName });
  assert.equal(summary!.expiringImageTotalCount, 1);
  assert.equal((await ecr.listImages({ repositoryName })).imageIds!.length, 2);
  await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: lifecyclePolicyText.replace(":1}", ":2}") });
  await ecr.startLifecyclePolicyPreview({ repositoryName });
  assert.equal((await ecr.getLifecyclePolicyPreview({ repositoryName })).summary!.expiringImageTotalCount, 0);
});
