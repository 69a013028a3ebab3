import assert from "node:assert/strict";
import { assertRefused, digestOf, notFound, putLayer, testEcr } from "../ecr.fixture.ts";

testEcr("GetDownloadUrlForLayer gives a link that opens for this layer only", async (setting) => {
  const { ecr, context, clock } = setting;
  const layerDigest = await putLayer(setting, "one");
  const { downloadUrl = "" } = await ecr.getDownloadUrlForLayer({ repositoryName: "app", layerDigest });
  const link = context.tokens.openLink(downloadUrl.split("/").at(-1) ?? "");
  assert.equal(link?.digest, layerDigest);
  assert.equal(link.expiresAt.getTime() - clock.now().getTime(), 60 * 60 * 1000);
  assert.equal(context.tokens.openLink("made up"), undefined);
});

testEcr("GetDownloadUrlForLayer refuses a layer that is not there", async ({ ecr }) => {
  const layerDigest = digestOf("one");
  await assertRefused(
    ecr.getDownloadUrlForLayer({ repositoryName: "app", layerDigest }),
    "LayersNotFoundException",
    "The specified layers could not be found in the repository.",
  );
});

testEcr("GetDownloadUrlForLayer refuses a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.getDownloadUrlForLayer({ repositoryName: "gone", layerDigest: digestOf("one") }),
    notFound.name,
    notFound.message,
  );
});
