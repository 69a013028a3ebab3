import assert from "node:assert/strict";
import { assertRefused, digestOf, manifestOf, notFound, replaceRepository, testEcr, upload } from "../ecr.fixture.ts";

testEcr("an image is pushed by the API alone", async (setting) => {
  const { ecr, uploads } = setting;
  const large = Buffer.alloc(5 * 1024 * 1024, "a");
  const digest = digestOf(Buffer.concat([large, Buffer.from("end")]));
  const uploadId = await upload(setting, large, Buffer.from("end"));
  const answer = await ecr.completeLayerUpload({ repositoryName: "app", uploadId, layerDigests: [digest] });
  const { registryId, repositoryName, layerDigest } = answer;
  assert.deepEqual(
    { registryId, repositoryName, uploadId: answer.uploadId, layerDigest },
    { registryId: "111122223333", repositoryName: "app", uploadId, layerDigest: digest },
  );
  assert.equal(uploads.size, 0);
  const { layers } = await ecr.batchCheckLayerAvailability({ repositoryName: "app", layerDigests: [digest] });
  assert.deepEqual([layers?.[0]?.layerAvailability, layers?.[0]?.layerSize], ["AVAILABLE", large.length + 3]);
  await ecr.putImage({ repositoryName: "app", imageManifest: manifestOf(digest), imageTag: "1" });
  await assertRefused(
    ecr.completeLayerUpload({ repositoryName: "app", uploadId, layerDigests: [digest] }),
    "UploadNotFoundException",
    "The upload could not be found, or the specified upload ID is not valid for this repository.",
  );
});

testEcr("CompleteLayerUpload refuses what is empty, has small parts, or another digest", async (setting) => {
  const { ecr } = setting;
  const complete = (uploadId: string, ...layerDigests: readonly string[]) =>
    ecr.completeLayerUpload({ repositoryName: "app", uploadId, layerDigests: [...layerDigests] });
  await assertRefused(
    complete(await upload(setting), digestOf("")),
    "EmptyUploadException",
    "The specified layer upload does not contain any layer parts.",
  );
  const small = Buffer.alloc(5 * 1024 * 1024 - 1);
  await assertRefused(
    complete(await upload(setting, small, small), digestOf(Buffer.concat([small, small]))),
    "LayerPartTooSmallException",
    "Layer parts must be at least 5 MiB in size.",
  );
  const uploadId = await upload(setting, Buffer.from("one"));
  await assertRefused(complete(uploadId, digestOf("two")), "InvalidLayerException");
  await assertRefused(complete(uploadId, digestOf("one"), digestOf("two")), "InvalidLayerException");
  await assertRefused(complete(uploadId, "md5:f97c5d29941bfb1b2fdab0874906ab82"), "InvalidParameterException");
  await complete(uploadId, digestOf("one"), digestOf("one"));
});

testEcr("CompleteLayerUpload says that a layer is there already, and drops the upload", async (setting) => {
  const { ecr, uploads } = setting;
  const complete = async () => {
    const uploadId = await upload(setting, Buffer.from("one"));
    return ecr.completeLayerUpload({ repositoryName: "app", uploadId, layerDigests: [digestOf("one")] });
  };
  await complete();
  await assertRefused(complete(), "LayerAlreadyExistsException");
  assert.equal(uploads.size, 0);
});

testEcr("CompleteLayerUpload changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised, kept } = setting;
  const uploadId = await upload(setting, Buffer.from("one"));
  const input = { repositoryName: "app", uploadId, layerDigests: [digestOf("one")] };
  onceAuthorised("ecr:CompleteLayerUpload", () => replaceRepository(setting));
  await assertRefused(ecr.completeLayerUpload(input), "ServerException");
  assert.equal(kept.size, 0);
  await assertRefused(ecr.completeLayerUpload({ ...input, repositoryName: "gone" }), notFound.name, notFound.message);
});
