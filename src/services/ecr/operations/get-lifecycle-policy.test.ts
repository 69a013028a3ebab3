import assert from "node:assert/strict";
import { assertRefused, lifecycleOf, testEcr } from "../ecr.fixture.ts";

const repositoryName = "app";

testEcr("GetLifecyclePolicy shows a policy, and when it was last applied", async ({ ecr, clock, expire }) => {
  const lifecyclePolicyText = lifecycleOf({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 });
  await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText });
  const shown = async () => {
    const answer = await ecr.getLifecyclePolicy({ repositoryName });
    return [answer.lifecyclePolicyText, answer.lastEvaluatedAt];
  };
  assert.deepEqual(await shown(), [lifecyclePolicyText, undefined]);
  await expire();
  assert.deepEqual(await shown(), [lifecyclePolicyText, clock.now()]);
});

testEcr("GetLifecyclePolicy refuses a repository without one", async ({ ecr }) => {
  await assertRefused(
    ecr.getLifecyclePolicy({ repositoryName }),
    "LifecyclePolicyNotFoundException",
    "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '111122223333'",
  );
});
