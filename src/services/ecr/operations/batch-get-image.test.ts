import assert from "node:assert/strict";
import { assertRefused, digestOf, notFound, push, testEcr } from "../ecr.fixture.ts";

testEcr("BatchGetImage gives manifests, notes the pull, and names what is not there", async (setting) => {
  const { ecr } = setting;
  const digest = await push(setting, "one", "1");
  const imageIds = [{ imageTag: "1" }, { imageTag: "9" }, {}, { imageDigest: "sha256:x" }];
  const { images, failures } = await ecr.batchGetImage({ repositoryName: "app", imageIds });
  assert.equal(digestOf(images?.[0]?.imageManifest ?? ""), digest);
  assert.deepEqual(images?.[0]?.imageId, { imageDigest: digest, imageTag: "1" });
  const codes = failures?.map(({ failureCode }) => failureCode);
  assert.deepEqual(codes, ["ImageNotFound", "MissingDigestAndTag", "InvalidImageDigest"]);
  assert.equal(failures?.[0]?.failureReason, "Requested image not found");
  const { imageDetails } = await ecr.describeImages({ repositoryName: "app" });
  assert.ok(imageDetails?.[0]?.lastRecordedPullTime);
});

testEcr("BatchGetImage says what is missing where no registry runs", async ({ unkept }) => {
  await assertRefused(
    unkept.batchGetImage({ repositoryName: "app", imageIds: [{ imageTag: "1" }] }),
    "ServerException",
  );
});

testEcr("BatchGetImage refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.batchGetImage({ repositoryName: "gone", imageIds: [{ imageTag: "1" }] }),
    notFound.name,
    notFound.message,
  );
});
