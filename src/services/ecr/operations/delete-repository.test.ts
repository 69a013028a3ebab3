import assert from "node:assert/strict";
import { assertRefused, notFound, push, replaceRepository, testEcr } from "../ecr.fixture.ts";

testEcr("DeleteRepository deletes, with images only by force, and what comes after has none", async (setting) => {
  const { ecr, kept } = setting;
  await push(setting, "one", "1");
  await assertRefused(
    ecr.deleteRepository({ repositoryName: "app" }),
    "RepositoryNotEmptyException",
    "The repository with name 'app' in registry with id '111122223333' cannot be deleted because it still contains images",
  );
  const { repository } = await ecr.deleteRepository({ repositoryName: "app", force: true });
  assert.equal(repository?.repositoryName, "app");
  assert.ok(![...kept.keys()].some((path) => path.includes("/manifests/")));
  await ecr.createRepository({ repositoryName: "app" });
  assert.deepEqual((await ecr.listImages({ repositoryName: "app" })).imageIds, []);
});

testEcr("DeleteRepository deletes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised } = setting;
  onceAuthorised("ecr:DeleteRepository", () => replaceRepository(setting));
  await assertRefused(ecr.deleteRepository({ repositoryName: "app" }), "ServerException");
  assert.equal((await ecr.describeRepositories({})).repositories?.length, 1);
});

testEcr("DeleteRepository refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.deleteRepository({ repositoryName: "gone" }), notFound.name, notFound.message);
});
