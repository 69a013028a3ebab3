import assert from "node:assert/strict";
import { assertRefused, digestOf, notFound, putLayer, testEcr } from "../ecr.fixture.ts";

testEcr("BatchCheckLayerAvailability tells which layers are there", async (setting) => {
  const layer = await putLayer(setting, "one");
  const other = digestOf("two");
  const { layers, failures } = await setting.ecr.batchCheckLayerAvailability({
    repositoryName: "app",
    layerDigests: [layer, other, "one"],
  });
  assert.deepEqual(layers, [
    { layerDigest: layer, layerAvailability: "AVAILABLE", layerSize: 3 },
    { layerDigest: other, layerAvailability: "UNAVAILABLE" },
  ]);
  assert.deepEqual(
    failures?.map(({ failureCode }) => failureCode),
    ["InvalidLayerDigest"],
  );
});

testEcr("BatchCheckLayerAvailability says what is missing where no registry runs", async ({ unkept }) => {
  const layerDigests = [digestOf("one")];
  await assertRefused(unkept.batchCheckLayerAvailability({ repositoryName: "app", layerDigests }), "ServerException");
});

testEcr("BatchCheckLayerAvailability refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.batchCheckLayerAvailability({ repositoryName: "gone", layerDigests: [digestOf("one")] }),
    notFound.name,
    notFound.message,
  );
});
