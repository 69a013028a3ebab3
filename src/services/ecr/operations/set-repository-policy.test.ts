import assert from "node:assert/strict";
import { assertRefused, notFound, replaceRepository, testEcr } from "../ecr.fixture.ts";

const policyText = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:*" }],
});

testEcr("SetRepositoryPolicy sets what later calls are judged by", async ({ ecr, asked }) => {
  const answer = await ecr.setRepositoryPolicy({ repositoryName: "app", policyText });
  assert.deepEqual([answer.policyText, answer.repositoryName], [policyText, "app"]);
  await ecr.listImages({ repositoryName: "app" });
  const { document, rule } = asked.at(-1)!.resourcePolicy!;
  assert.deepEqual([JSON.parse(document).Statement[0].Resource, rule], ["*", "either"]);
});

testEcr("SetRepositoryPolicy refuses what is no policy, and one that locks its author out", async ({ ecr, state }) => {
  for (const wrong of ["{", "[]", '{"Statement":[{"Effect":"Perhaps"}]}']) {
    await assertRefused(
      ecr.setRepositoryPolicy({ repositoryName: "app", policyText: wrong }),
      "InvalidParameterException",
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  }
  state.deny = "ecr:SetRepositoryPolicy";
  await assertRefused(ecr.setRepositoryPolicy({ repositoryName: "app", policyText }), "AccessDeniedException");
});

testEcr("SetRepositoryPolicy changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised } = setting;
  onceAuthorised("ecr:SetRepositoryPolicy", () => replaceRepository(setting));
  await assertRefused(ecr.setRepositoryPolicy({ repositoryName: "app", policyText }), "ServerException");
  await assertRefused(ecr.getRepositoryPolicy({ repositoryName: "app" }), "RepositoryPolicyNotFoundException");
});

testEcr("SetRepositoryPolicy refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.setRepositoryPolicy({ repositoryName: "gone", policyText }), notFound.name, notFound.message);
});
