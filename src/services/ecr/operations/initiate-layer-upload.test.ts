import assert from "node:assert/strict";
import { assertRefused, notFound, replaceRepository, testEcr, upload } from "../ecr.fixture.ts";

testEcr("InitiateLayerUpload begins a layer, and says how large its parts may be", async (setting) => {
  const { ecr, uploads, asked } = setting;
  const { uploadId, partSize } = await ecr.initiateLayerUpload({ repositoryName: "app" });
  assert.match(uploadId!, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(partSize, 10_485_760);
  assert.equal(uploads.size, 1);
  assert.equal(asked.at(-1)?.resource, "arn:aws:ecr:us-east-1:111122223333:repository/app");
});

testEcr("InitiateLayerUpload needs a repository and a registry", async ({ ecr, unkept }) => {
  await assertRefused(ecr.initiateLayerUpload({ repositoryName: "gone" }), notFound.name, notFound.message);
  await assertRefused(unkept.initiateLayerUpload({ repositoryName: "app" }), "ServerException", /docker-registry/);
});

testEcr("InitiateLayerUpload leaves nothing in a repository that is replaced meanwhile", async (setting) => {
  setting.onceAuthorised("ecr:InitiateLayerUpload", () => replaceRepository(setting));
  await assertRefused(setting.ecr.initiateLayerUpload({ repositoryName: "app" }), "ServerException");
  assert.equal(setting.uploads.size, 0);
});

testEcr("uploads that are not completed are dropped after a day, and with their repository", async (setting) => {
  const { ecr, uploads, clock, dropOld, context } = setting;
  await upload(setting, Buffer.from("old"));
  clock.advance(24 * 60 * 60 * 1000);
  const young = await upload(setting, Buffer.from("young"));
  clock.advance(1);
  await dropOld();
  assert.deepEqual([...uploads.values()].map(String), ["young"]);
  await ecr.deleteRepository({ repositoryName: "app" });
  assert.deepEqual([uploads.size, await context.store.uploads.named(young)], [0, []]);
});
