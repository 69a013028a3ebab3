import assert from "node:assert/strict";
import { test } from "node:test";
import { SSM } from "@aws-sdk/client-ssm";
import { clientsOf } from "../support/clients.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { openSocket } from "../support/socket.ts";

const timeout = 480_000;

test("sealift env exports what points the aws CLI at a running Sealift", { timeout }, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const { code, stdout, stderr } = await runSealift("env", "--data", sealift.data);
  assert.deepEqual([code, stderr], [0, ""]);
  const exported = Object.fromEntries(
    [...stdout.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]),
  );
  assert.deepEqual(exported, {
    AWS_ENDPOINT_URL: /^Sealift is ready on (\S+)$/m.exec(sealift.stdout())?.[1],
    AWS_ACCESS_KEY_ID: sealift.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sealift.credentials.secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_DISABLE_HOST_PREFIX_INJECTION: "true",
  });
  const { endpoint, credentials } = sealift;
  const caller = clientsOf({ endpoint, credentials, region: exported.AWS_REGION! }).sts.getCallerIdentity({});
  assert.match((await caller).Arn ?? "", /:root$/);
});

test("sealift up answers unsigned, badly signed and malformed requests, and lives on", { timeout }, async (t) => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const { endpoint, region, credentials } = sealift;
  const json = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.DescribeParameters" };
  const signature = (rest: string) => ({
    ...json,
    "x-amz-date": "20260101T000000Z",
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/ssm/aws4_request, SignedHeaders=host;x-amz-date${rest}`,
  });
  const posts: readonly (readonly [string, Record<string, string>, string | Buffer, number, RegExp])[] = [
    ["no signature", json, "{}", 400, /MissingAuthenticationToken/],
    ["a signature from long ago", signature(`, Signature=${"0".repeat(64)}`), "{}", 400, /InvalidSignatureException/],
    ["a signature that is incomplete", signature(""), "{}", 400, /IncompleteSignature/],
    [
      "an empty Authorization",
      { ...json, authorization: "" },
      "{}",
      400,
      /MissingAuthenticationToken|IncompleteSignature/,
    ],
    ["bytes for a body", { ...json }, Buffer.from([0, 255, 1, 254]), 400, /MissingAuthenticationToken/],
    ["a body of 3 MiB", json, Buffer.alloc(3 * 1024 * 1024), 413, /./],
  ];
  for (const [what, headers, body, status, answer] of posts) {
    await t.test(what, async () => {
      const response = await fetch(endpoint, { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) });
      const answered = await response.text();
      assert.match(answered, answer);
      assert.doesNotMatch(answered, /\.ts:\d+|\bat .*\(/, "no stack trace");
      assert.ok(status === response.status || (status === 400 && response.status === 403), `status ${response.status}`);
    });
  }
  await t.test("a wrong secret key", async () => {
    const wrong = { ...credentials, secretAccessKey: "wrong" };
    const { ssm, sts } = clientsOf({ ...sealift, credentials: wrong });
    await assert.rejects(ssm.describeParameters({}), { name: "InvalidSignatureException" });
    await assert.rejects(sts.getCallerIdentity({}), { name: "SignatureDoesNotMatch" });
  });
  await t.test("a key id that nobody has", async () => {
    const unknown = { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" };
    const { ssm, iam } = clientsOf({ ...sealift, credentials: unknown });
    await assert.rejects(ssm.describeParameters({}), { name: "UnrecognizedClientException" });
    await assert.rejects(iam.listRoles({}), { name: /InvalidClientTokenId/ });
  });
  await t.test("a clock that is wrong", async () => {
    const late = new SSM({ endpoint, region, credentials, maxAttempts: 1, systemClockOffset: 3_600_000 });
    await assert.rejects(late.describeParameters({}), { name: "InvalidSignatureException" });
  });
  const raws: readonly (readonly [string, string])[] = [
    ["no HTTP", "\0\x01\x02 garbage\r\n\r\n"],
    ["a request line that is broken", "POST\r\n\r\n"],
    ["a header of 64 KiB", `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(65_536)}\r\n\r\n`],
    ["a length that is none", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"],
    ["an address that is none", "GET //%%%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    [
      "a WebSocket nobody asked for",
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    ],
  ];
  for (const [what, bytes] of raws) {
    await t.test(what, async () => {
      const { hostname, port } = new URL(endpoint);
      await using socket = await openSocket(Number(port), hostname);
      socket.write(bytes);
      const answered = await socket.answer;
      assert.match(answered, /^HTTP\/1\.1 4\d\d /);
      assert.doesNotMatch(answered, /\.ts:\d+/, "no stack trace");
    });
  }
  await t.test("a good request afterwards", async () => {
    assert.equal((await fetch(`${endpoint}/health`)).status, 200);
    await clientsOf(sealift).ssm.describeParameters({});
    assert.ok(sealift.isRunning());
    assert.doesNotMatch(sealift.stderr(), /\.ts:\d+/, "nothing that was sent is the server's fault");
  });
});
