import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { openSqlite } from "../../../storage/sqlite.ts";
import type { FakeKey } from "../fake-encryption.fixture.ts";
import { assertRefused, openSsm, type Setting, testParameters } from "../ssm.fixture.ts";

const canary = "canary-8c1f6e";

function put({ client }: Setting, Name: string, KeyId?: string) {
  return client.send(
    new PutParameterCommand({ Name, Value: canary, Type: "SecureString", ...(KeyId !== undefined && { KeyId }) }),
  );
}

/** Every way to read `/a/b`'s value. */
const reads = (WithDecryption?: boolean) => {
  const option = WithDecryption === undefined ? {} : { WithDecryption };
  return [
    async ({ client }: Setting) =>
      (await client.send(new GetParameterCommand({ Name: "/a/b", ...option }))).Parameter?.Value,
    async ({ client }: Setting) =>
      (await client.send(new GetParametersCommand({ Names: ["/a/b"], ...option }))).Parameters?.[0]?.Value,
    async ({ client }: Setting) =>
      (await client.send(new GetParametersByPathCommand({ Path: "/a", ...option }))).Parameters?.[0]?.Value,
    async ({ client }: Setting) =>
      (await client.send(new GetParameterHistoryCommand({ Name: "/a/b", ...option }))).Parameters?.[0]?.Value,
  ];
};

testParameters("A SecureString's value is its ciphertext in base64 unless decryption is asked for", async (setting) => {
  await put(setting, "/a/b");
  for (const read of reads(true)) assert.equal(await read(setting), canary);
  for (const read of [...reads(false), ...reads()]) {
    const value = (await read(setting)) ?? "";
    assert.match(value, /^[A-Za-z0-9+/]+=*$/);
    assert.ok(!Buffer.from(value, "base64").includes(canary));
  }
});

testParameters("A SecureString opens only with its own ARN as encryption context", async (setting) => {
  const contexts: unknown[] = [];
  const { decrypt } = setting.encryption;
  setting.encryption.decrypt = (call, request) => {
    contexts.push([request.service, request.encryptionContext]);
    return decrypt(call, request);
  };
  await put(setting, "/a/b");
  await put(setting, "c");
  await setting.client.send(new GetParametersCommand({ Names: ["/a/b", "c"], WithDecryption: true }));
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter";
  assert.deepEqual(contexts, [
    ["ssm", { PARAMETER_ARN: `${arn}/a/b` }],
    ["ssm", { PARAMETER_ARN: `${arn}/c` }],
  ]);
  await setting.database.db
    .updateTable("ssm_versions")
    .set({ value: await storedValue(setting, "/a/b") })
    .where("name", "=", "/c")
    .execute();
  await assertRefused(
    setting.client.send(new GetParameterCommand({ Name: "c", WithDecryption: true })),
    "InvalidKeyId",
    /Error Code: InvalidCiphertextException/,
  );
});

async function storedValue({ database }: Setting, name: string): Promise<Uint8Array> {
  const query = database.db.selectFrom("ssm_versions").select("value").where("name", "=", name);
  return (await query.executeTakeFirstOrThrow()).value;
}

testParameters("A SecureString's key is shown as it was given", async (setting) => {
  await put(setting, "a", "alias/own");
  await put(setting, "b");
  await setting.client.send(new PutParameterCommand({ Name: "c", Type: "String", Value: "v" }));
  const { Parameters } = await setting.client.send(new DescribeParametersCommand({}));
  assert.deepEqual(
    Parameters?.map(({ KeyId }) => KeyId),
    ["alias/own", "alias/aws/ssm", undefined],
  );
});

const origin = (code: string) =>
  ` \\(Service: AWSKMS; Status Code: 400; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`;

const refusals: readonly (readonly [FakeKey["state"], string, string])[] = [
  [
    "denied",
    "AccessDeniedException",
    `^User: arn:aws:iam::111122223333:root is not authorized to perform: kms:Decrypt on resource: alias/own because no identity-based policy allows the kms:Decrypt action${origin("AccessDeniedException")}`,
  ],
  ["disabled", "InvalidKeyId", `^alias/own is disabled\\.${origin("DisabledException")}`],
  ["pending-deletion", "InvalidKeyId", `^alias/own is pending deletion\\.${origin("KMSInvalidStateException")}`],
];

testParameters(
  "Reading passes KMS's refusals on in Parameter Store's words, for all names at once",
  async (setting) => {
    await put(setting, "/a/b", "alias/own");
    await put(setting, "/a/c");
    for (const [state, name, message] of refusals) {
      setting.encryption.keys.get("alias/own")!.state = state;
      for (const read of reads(true)) await assertRefused(read(setting), name, new RegExp(message));
      const both = new GetParametersCommand({ Names: ["/a/c", "/a/b"], WithDecryption: true });
      await assertRefused(setting.client.send(both), name);
      for (const read of reads(false)) assert.ok(await read(setting));
    }
  },
);

testParameters("PutParameter passes KMS's refusals on and stores nothing", async (setting) => {
  setting.encryption.keys.get("alias/own")!.state = "denied";
  await assertRefused(put(setting, "a", "alias/own"), "AccessDeniedException", /kms:Encrypt .*Service: AWSKMS/);
  await assertRefused(
    put(setting, "a", "alias/none"),
    "InvalidKeyId",
    new RegExp(`^Alias alias/none is not found\\.${origin("NotFoundException")}`),
  );
  await assertRefused(setting.client.send(new GetParameterCommand({ Name: "a" })), "ParameterNotFound");
});

test("A SecureString is in no file of the database and in no error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sealift-ssm-"));
  try {
    await using database = await openSqlite(join(folder, "store.db"));
    const setting = openSsm(database);
    await put(setting, "/a/b", "alias/own");
    await setting.client.send(new PutParameterCommand({ Name: "/a/b", Value: `${canary}-2`, Overwrite: true }));
    await setting.client.send(new PutParameterCommand({ Name: "plain", Type: "String", Value: "visible-c0ffee" }));
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
    assert.ok(files.some((file) => file.includes("visible-c0ffee")));
    assert.ok(!files.some((file) => file.includes(canary) || file.includes(Buffer.from(canary).toString("base64"))));
    const bad = [
      { AllowedPattern: "x" },
      { AllowedPattern: "(" },
      { Type: "Text" as "String" },
      { KeyId: "alias/none" },
      { Value: `${canary}{{a}}` },
      { Value: canary.repeat(1000) },
      { Value: canary, DataType: "aws:ec2:image" },
    ];
    for (const input of bad) {
      const secret = { Name: "/a/c", Value: canary, Type: "SecureString" } as const;
      await assert.rejects(setting.client.send(new PutParameterCommand({ ...secret, ...input })), (error: Error) => {
        assert.ok(!JSON.stringify([error.message, error.stack, error]).includes(canary), error.message);
        return true;
      });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
