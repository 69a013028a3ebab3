import assert from "node:assert/strict";
import { assertRefused, notFound, partOf, replaceRepository, testEcr, upload } from "../ecr.fixture.ts";

testEcr("UploadLayerPart takes parts in their order, and says which byte came last", async (setting) => {
  const { ecr, uploads } = setting;
  const uploadId = await upload(setting, Buffer.from("one"));
  const answer = await ecr.uploadLayerPart(partOf(uploadId, 3, Buffer.from("two")));
  const { registryId, repositoryName, lastByteReceived } = answer;
  assert.deepEqual(
    { registryId, repositoryName, uploadId: answer.uploadId, lastByteReceived },
    { registryId: "111122223333", repositoryName: "app", uploadId, lastByteReceived: 5 },
  );
  assert.deepEqual([...uploads.values()].map(String), ["onetwo"]);
});

testEcr("UploadLayerPart refuses parts that do not follow, and sizes that are not theirs", async (setting) => {
  const { ecr } = setting;
  const empty = await upload(setting);
  const refused = async (part: ReturnType<typeof partOf>, lastValidByteReceived: number | undefined) => {
    const { uploadId } = part;
    await assert.rejects(ecr.uploadLayerPart(part), {
      name: "InvalidLayerPartException",
      message:
        "The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.",
      ...{ registryId: "111122223333", repositoryName: "app", uploadId, lastValidByteReceived },
    });
  };
  await refused(partOf(empty, 1, Buffer.from("x")), undefined);
  await refused({ ...partOf(empty, 0, Buffer.alloc(0)), partLastByte: 0 }, undefined);
  const begun = await upload(setting, Buffer.from("one"));
  await refused(partOf(begun, 0, Buffer.from("one")), 2);
  await refused(partOf(begun, 4, Buffer.from("x")), 2);
  await refused({ ...partOf(begun, 3, Buffer.from("two")), partLastByte: 6 }, 2);
  await refused({ ...partOf(begun, 3, Buffer.from("two")), partLastByte: 4 }, 2);
  await ecr.uploadLayerPart(partOf(begun, 3, Buffer.from("two")));
  await assertRefused(
    ecr.uploadLayerPart(partOf(begun, 6, Buffer.alloc(20 * 1024 * 1024 + 1))),
    "InvalidParameterException",
  );
});

testEcr("UploadLayerPart takes a part that is sent twice at the same time once", async (setting) => {
  const { ecr, uploads } = setting;
  const uploadId = await upload(setting);
  const part = partOf(uploadId, 0, Buffer.from("one"));
  const outcomes = await Promise.allSettled([ecr.uploadLayerPart(part), ecr.uploadLayerPart(part)]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.deepEqual([...uploads.values()].map(String), ["one"]);
});

testEcr(
  "UploadLayerPart knows no upload of another repository, nor one whose parts the registry lost",
  async (setting) => {
    const { ecr, uploads, context } = setting;
    const message = "The upload could not be found, or the specified upload ID is not valid for this repository.";
    const refused = (part: ReturnType<typeof partOf>) =>
      assertRefused(ecr.uploadLayerPart(part), "UploadNotFoundException", message);
    await refused(partOf("6cb64b8a-9378-0e33-2ab1-b780fab8a9e9", 0, Buffer.from("x")));
    const uploadId = await upload(setting, Buffer.from("one"));
    await ecr.createRepository({ repositoryName: "other" });
    await refused({ ...partOf(uploadId, 3, Buffer.from("x")), repositoryName: "other" });
    for (const name of uploads.keys()) uploads.set(name, Buffer.from("on"));
    await refused(partOf(uploadId, 3, Buffer.from("x")));
    assert.deepEqual(await context.store.uploads.named(uploadId), []);
  },
);

testEcr("UploadLayerPart takes 4,200 parts of a layer", async (setting) => {
  const { ecr, context, state } = setting;
  const uploadId = await upload(setting, Buffer.from("one"));
  const [begun] = await context.store.uploads.named(uploadId);
  const { account } = state.principal;
  const app = await context.store.repositories.find({ account, region: "us-east-1" }, "app");
  await context.store.uploads.change(app!, { ...begun!, parts: 4_199 });
  await ecr.uploadLayerPart(partOf(uploadId, 3, Buffer.from("x")));
  await assertRefused(ecr.uploadLayerPart(partOf(uploadId, 4, Buffer.from("x"))), "LimitExceededException");
});

testEcr("UploadLayerPart changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised, uploads } = setting;
  const uploadId = await upload(setting);
  onceAuthorised("ecr:UploadLayerPart", () => replaceRepository(setting));
  await assertRefused(ecr.uploadLayerPart(partOf(uploadId, 0, Buffer.from("x"))), "ServerException");
  assert.equal(uploads.size, 0);
  const other = { ...partOf(uploadId, 0, Buffer.from("x")), repositoryName: "gone" };
  await assertRefused(ecr.uploadLayerPart(other), notFound.name, notFound.message);
});
