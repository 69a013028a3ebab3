import assert from "node:assert/strict";
import {
  assertRefused,
  digestOf,
  manifestOf,
  notFound,
  push,
  putLayer,
  replaceRepository,
  testEcr,
} from "../ecr.fixture.ts";

testEcr("PutImage keeps an image, moves a tag, and refuses what is there already", async (setting) => {
  const { ecr } = setting;
  const layer = await putLayer(setting, "one");
  const imageManifest = manifestOf(layer);
  const { image } = await ecr.putImage({ repositoryName: "app", imageManifest, imageTag: "1" });
  const imageDigest = digestOf(imageManifest);
  assert.deepEqual(image?.imageId, { imageDigest, imageTag: "1" });
  await assertRefused(
    ecr.putImage({ repositoryName: "app", imageManifest, imageTag: "1" }),
    "ImageAlreadyExistsException",
    `Image with digest '${imageDigest}' and tag '1' already exists in the repository with name 'app' in registry with id '111122223333'`,
  );
  const second = await push(setting, "two", "1");
  const { imageIds } = await ecr.listImages({ repositoryName: "app", filter: { tagStatus: "TAGGED" } });
  assert.deepEqual(imageIds, [{ imageDigest: second, imageTag: "1" }]);
});

testEcr("PutImage refuses no manifest, another digest, and layers that are not there", async (setting) => {
  const { ecr } = setting;
  const imageManifest = manifestOf(await putLayer(setting, "one"));
  await assertRefused(ecr.putImage({ repositoryName: "app", imageManifest: "no JSON" }), "InvalidParameterException");
  await assertRefused(
    ecr.putImage({ repositoryName: "app", imageManifest, imageDigest: digestOf("other") }),
    "ImageDigestDoesNotMatchException",
  );
  const lacking = manifestOf(digestOf("not there"));
  await assertRefused(ecr.putImage({ repositoryName: "app", imageManifest: lacking }), "LayersNotFoundException");
});

testEcr("PutImage changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised } = setting;
  const imageManifest = manifestOf(await putLayer(setting, "one"));
  onceAuthorised("ecr:PutImage", () => replaceRepository(setting));
  await assertRefused(ecr.putImage({ repositoryName: "app", imageManifest }), "ServerException");
  assert.deepEqual((await ecr.listImages({ repositoryName: "app" })).imageIds, []);
});

testEcr("PutImage refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.putImage({ repositoryName: "gone", imageManifest: "{}" }), notFound.name, notFound.message);
});
