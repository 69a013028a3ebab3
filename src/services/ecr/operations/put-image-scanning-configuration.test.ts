import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

testEcr("PutImageScanningConfiguration is shown", async ({ ecr }) => {
  await ecr.putImageScanningConfiguration({ repositoryName: "app", imageScanningConfiguration: { scanOnPush: true } });
  const { repositories } = await ecr.describeRepositories({});
  assert.deepEqual(repositories?.[0]?.imageScanningConfiguration, { scanOnPush: true });
});

testEcr("PutImageScanningConfiguration refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.putImageScanningConfiguration({ repositoryName: "gone", imageScanningConfiguration: {} }),
    notFound.name,
    notFound.message,
  );
});
