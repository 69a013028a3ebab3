import assert from "node:assert/strict";
import { assertRefused, notFound, push, testEcr } from "../ecr.fixture.ts";

testEcr("DescribeImages shows tags, size and times", async (setting) => {
  const { ecr, clock } = setting;
  const digest = await push(setting, "one", "1");
  await push(setting, "one", "latest");
  const { imageDetails } = await ecr.describeImages({ repositoryName: "app", imageIds: [{ imageTag: "latest" }] });
  const [{ imagePushedAt, ...image } = {}] = imageDetails!;
  assert.equal(imagePushedAt?.getTime(), clock.now().getTime());
  assert.deepEqual(image, {
    registryId: "111122223333",
    repositoryName: "app",
    imageDigest: digest,
    imageTags: ["1", "latest"],
    imageSizeInBytes: 3,
    imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
    imageStatus: "ACTIVE",
  });
  assert.equal((await ecr.describeImages({ repositoryName: "app" })).imageDetails?.length, 1);
});

testEcr("DescribeImages refuses an image that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.describeImages({ repositoryName: "app", imageIds: [{ imageTag: "9" }] }),
    "ImageNotFoundException",
    "The image with imageId {imageDigest:'null', imageTag:'9'} does not exist within the repository with name 'app' in the registry with id '111122223333'",
  );
});

testEcr("DescribeImages refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(ecr.describeImages({ repositoryName: "gone" }), notFound.name, notFound.message);
});
