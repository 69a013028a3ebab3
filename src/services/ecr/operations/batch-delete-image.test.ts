import assert from "node:assert/strict";
import { assertRefused, digestOf, listOf, notFound, push, replaceRepository, testEcr } from "../ecr.fixture.ts";

testEcr("BatchDeleteImage takes a tag, the image with the last one, and all by digest", async (setting) => {
  const { ecr, kept } = setting;
  const imageDigest = await push(setting, "one", "1");
  await push(setting, "one", "2");
  const remove = (...imageIds: { imageTag?: string; imageDigest?: string }[]) =>
    ecr.batchDeleteImage({ repositoryName: "app", imageIds });
  assert.deepEqual((await remove({ imageTag: "1" })).imageIds, [{ imageDigest, imageTag: "1" }]);
  assert.deepEqual((await ecr.listImages({ repositoryName: "app" })).imageIds, [{ imageDigest, imageTag: "2" }]);
  await push(setting, "one", "3");
  assert.equal((await remove({ imageDigest })).imageIds?.length, 2);
  assert.deepEqual((await ecr.listImages({ repositoryName: "app" })).imageIds, []);
  assert.ok(![...kept.keys()].some((path) => path.includes("/manifests/")));
});

testEcr("BatchDeleteImage refuses an image that a list needs, and one that is not there", async (setting) => {
  const { ecr } = setting;
  const imageDigest = await push(setting, "one");
  const imageManifest = listOf(imageDigest);
  await ecr.putImage({ repositoryName: "app", imageManifest, imageTag: "all" });
  const imageIds = [{ imageDigest }, { imageTag: "9" }];
  const { failures } = await ecr.batchDeleteImage({ repositoryName: "app", imageIds });
  assert.deepEqual(failures, [
    {
      imageId: { imageDigest },
      failureCode: "ImageReferencedByManifestList",
      failureReason: `Requested image referenced by manifest list: [${digestOf(imageManifest)}]`,
    },
    { imageId: { imageTag: "9" }, failureCode: "ImageNotFound", failureReason: "Requested image not found" },
  ]);
});

testEcr("BatchDeleteImage changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised } = setting;
  onceAuthorised("ecr:BatchDeleteImage", () => replaceRepository(setting));
  const imageIds = [{ imageTag: "1" }];
  await assertRefused(ecr.batchDeleteImage({ repositoryName: "app", imageIds }), "ServerException");
});

testEcr("BatchDeleteImage refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.batchDeleteImage({ repositoryName: "gone", imageIds: [{ imageTag: "1" }] }),
    notFound.name,
    notFound.message,
  );
});
