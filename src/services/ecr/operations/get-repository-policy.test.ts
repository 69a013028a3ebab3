import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

const policyText = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:*" }],
});

testEcr("GetRepositoryPolicy gives the policy", async ({ ecr }) => {
  await ecr.setRepositoryPolicy({ repositoryName: "app", policyText });
  assert.equal((await ecr.getRepositoryPolicy({ repositoryName: "app" })).policyText, policyText);
});

testEcr("GetRepositoryPolicy refuses where there is no policy", async ({ ecr }) => {
  await assertRefused(
    ecr.getRepositoryPolicy({ repositoryName: "app" }),
    "RepositoryPolicyNotFoundException",
    "Repository policy does not exist for the repository with name 'app' in the registry with id '111122223333'",
  );
});

testEcr("GetRepositoryPolicy refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.getRepositoryPolicy({ repositoryName: "gone" }), notFound.name, notFound.message);
});
