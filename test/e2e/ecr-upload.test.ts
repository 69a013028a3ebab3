import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { clientsOf } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";

const run = promisify(execFile);
const skip = await skipUnless("aws", "registry");
const digestOf = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

test("an image is pushed by the API alone, over a server that is killed between two parts", {
  skip,
  timeout: 240_000,
}, async (t) => {
  await using data = await throwAwayData();
  await using own = await throwAwayData();
  const start = () => startSealift({ runtime: "process", flags: ["--registry"], data: data.path });
  let sealift = await start();
  t.after(() => sealift[Symbol.asyncDispose]());
  const app = ["--repository-name", "app"];
  async function aws(...words: string[]): Promise<Record<string, unknown>> {
    const { credentials, endpoint, region } = sealift;
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
    };
    const { stdout } = await run("aws", ["ecr", ...words, "--output", "json"], { env });
    return stdout === "" ? {} : JSON.parse(stdout);
  }
  const sendPart = async (uploadId: string, first: number, bytes: Uint8Array) => {
    const file = join(own.path, "part");
    await writeFile(file, bytes);
    const last = first + bytes.length - 1;
    const at = ["--upload-id", uploadId, "--part-first-byte", String(first), "--part-last-byte", String(last)];
    return aws("upload-layer-part", ...app, ...at, "--layer-part-blob", `fileb://${file}`);
  };
  const begin = async () => String((await aws("initiate-layer-upload", ...app)).uploadId);
  await aws("create-repository", ...app);

  const parts = [Buffer.alloc(20 * 1024 * 1024, "a"), Buffer.from("end")] as const;
  const layer = Buffer.concat(parts);
  const uploadId = await begin();
  const given = await begin();
  await sendPart(given, 0, Buffer.from("never completed"));
  assert.equal((await sendPart(uploadId, 0, parts[0])).lastByteReceived, parts[0].length - 1);
  await sealift.end("SIGKILL");
  sealift = await start();
  await assert.rejects(sendPart(uploadId, 0, parts[0]), /InvalidLayerPartException/);
  assert.equal((await sendPart(uploadId, parts[0].length, parts[1])).lastByteReceived, layer.length - 1);
  const digest = digestOf(layer);
  const complete = ["complete-layer-upload", ...app, "--upload-id", uploadId, "--layer-digests"];
  await assert.rejects(aws(...complete, digestOf(Buffer.from("other"))), /InvalidLayerException/);
  assert.equal((await aws(...complete, digest)).layerDigest, digest);

  const configuration = Buffer.from("{}");
  const second = await begin();
  await sendPart(second, 0, configuration);
  await aws("complete-layer-upload", ...app, "--upload-id", second, "--layer-digests", digestOf(configuration));
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = {
    ...{ schemaVersion: 2, mediaType },
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: digestOf(configuration),
      size: configuration.length,
    },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest, size: layer.length }],
  };
  await aws("put-image", ...app, "--image-tag", "1", "--image-manifest", JSON.stringify(manifest));
  const { downloadUrl } = await aws("get-download-url-for-layer", ...app, "--layer-digest", digest);
  assert.equal(digestOf(await (await fetch(String(downloadUrl))).bytes()), digest);

  await t.test("nothing is left of uploads that are over", async () => {
    const uploads = async () =>
      (await readdir(join(data.path, "registry"), { recursive: true })).filter((path) =>
        /\/_uploads\/[^/]+$/.test(path),
      );
    assert.equal((await uploads()).length, 1);
    await clientsOf(sealift).ecr.deleteRepository({ repositoryName: "app", force: true });
    await sealift.end("SIGTERM");
    sealift = await start();
    assert.deepEqual(await uploads(), []);
  });
});
