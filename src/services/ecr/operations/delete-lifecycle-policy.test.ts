import assert from "node:assert/strict";
import { assertRefused, lifecycleOf, push, testEcr } from "../ecr.fixture.ts";

const repositoryName = "app";

testEcr("DeleteLifecyclePolicy ends it, and refuses a repository without one", async (setting) => {
  const { ecr, expire } = setting;
  const lifecyclePolicyText = lifecycleOf({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 });
  await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText });
  assert.equal((await ecr.deleteLifecyclePolicy({ repositoryName })).lifecyclePolicyText, lifecyclePolicyText);
  await push(setting, "one");
  await push(setting, "two");
  await expire();
  assert.equal((await ecr.listImages({ repositoryName })).imageIds!.length, 2);
  await assertRefused(ecr.deleteLifecyclePolicy({ repositoryName }), "LifecyclePolicyNotFoundException");
});
