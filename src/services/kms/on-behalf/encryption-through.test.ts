import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { KyselyPlugin } from "kysely";
import { databases, type TestDatabase } from "../../../../test/support/databases.ts";
import { rootPrincipal, testAccount, testCall, testRegion } from "../../../../test/support/in-process.ts";
import type { Access, Authorize, Call, Principal } from "../../../model/call.ts";
import type { Database } from "../../../storage/database.ts";
import { openSqlite } from "../../../storage/sqlite.ts";
import { openKms } from "../kms.fixture.ts";
import { KmsRefusal, kmsRefusalOf } from "../refusal.ts";

const plaintext = Buffer.from("canary-plaintext-4711");
const encryptionContext = { PARAMETER_ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a" };
const ssm = { service: "ssm", plaintext, encryptionContext } as const;

/** KMS as another service has it, with a key that has the tag `team=a`. */
async function open(kind?: TestDatabase, authorize?: Authorize) {
  const opened = await openKms(kind, () => (authorize ? { authorize } : {}));
  return {
    ...opened,
    callAs: (principal?: Principal, region?: string) => testCall(opened.clock, principal, region),
    async create() {
      const { id } = await opened.create({ Tags: [{ TagKey: "team", TagValue: "a" }] });
      return (await opened.store.keys.find(testRegion, id))!;
    },
  };
}

const unknownKey = {
  kind: "access denied",
  code: "AccessDeniedException",
  message:
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
};

/** The same kind of database, counting queries and so without keeping results. */
function counting(kind: TestDatabase): { readonly kind: TestDatabase; count(): number } {
  let queries = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      queries++;
      return result;
    },
  };
  async function openCounted(): Promise<Database> {
    const database = await kind.open();
    return {
      kind: database.kind,
      db: database.db.withPlugin(plugin),
      append: database.append,
      transaction: (work) => database.transaction((inner) => work(inner.withPlugin(plugin))),
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  }
  return { kind: { name: kind.name, open: openCounted }, count: () => queries };
}

async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const refusal = kmsRefusalOf(error);
  assert.ok(refusal instanceof KmsRefusal, `${error}`);
  return { kind: refusal.kind, code: refusal.shape, message: refusal.message };
}

for (const testDatabase of databases()) {
  test(`Encryption makes the service's managed key once for each account and region (${testDatabase.name})`, async () => {
    await using opened = await open(testDatabase);
    const { encryption, store, callAs } = opened;
    const other = { ...rootPrincipal, account: "444455556666" };
    const scopes = [callAs(), callAs(rootPrincipal, "eu-west-1"), callAs(other)];
    const arns = await Promise.all(
      scopes.flatMap((call) => Array.from({ length: 5 }, async () => (await encryption.encrypt(call, ssm)).keyArn)),
    );
    assert.equal(new Set(arns).size, scopes.length);
    for (const call of scopes) {
      const [id, ...more] = await store.keys.list(call, "", 10);
      assert.deepEqual(more, []);
      const key = await store.keys.find(call.region, id!);
      assert.equal(key?.manager, "AWS");
      assert.deepEqual(key?.aliases, ["alias/aws/ssm"]);
      assert.ok(key?.policy.includes(`ssm.${call.region}.amazonaws.com`));
    }
  });

  test(`Encryption opens what it made, in one query once the material is known (${testDatabase.name})`, async () => {
    const { kind, count } = counting(testDatabase);
    await using opened = await open(kind);
    const { encryption, create, callAs } = opened;
    const { id } = await create();
    const call = callAs();
    for (const keyId of [undefined, id]) {
      const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, ...(keyId && { keyId }) });
      const request = { service: "ssm", ciphertext, encryptionContext } as const;
      const before = count();
      const decrypted = await encryption.decrypt(callAs(), request);
      assert.equal(count() - before, 1);
      assert.deepEqual(Buffer.from(decrypted.plaintext), plaintext);
      assert.equal(decrypted.keyArn, keyArn);
    }
  });

  test(`Encryption sees at once that a key was disabled, scheduled for deletion or removed (${testDatabase.name})`, async () => {
    await using opened = await open(testDatabase);
    const { encryption, store, create, callAs, clock } = opened;
    const { id } = await create();
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, keyId: id });
    const decrypt = () => encryption.decrypt(call, { service: "ssm", ciphertext, encryptionContext });
    await store.keys.change({ region: testRegion, id }, () => ({ state: "Disabled" }));
    const disabled = { kind: "unusable key", code: "DisabledException", message: `${keyArn} is disabled.` };
    assert.deepEqual(await failure(decrypt()), disabled);
    assert.deepEqual(await failure(encryption.encrypt(call, { ...ssm, keyId: id })), disabled);
    await store.keys.change({ region: testRegion, id }, () => ({
      state: "PendingDeletion",
      deletionAt: new Date(2 ** 42),
    }));
    assert.deepEqual(await failure(decrypt()), {
      kind: "unusable key",
      code: "KMSInvalidStateException",
      message: `${keyArn} is pending deletion.`,
    });
    await store.keys.change({ region: testRegion, id }, () => ({ state: "PendingDeletion", deletionAt: clock.now() }));
    assert.deepEqual(await failure(decrypt()), unknownKey);
    assert.deepEqual(await failure(encryption.encrypt(call, { ...ssm, keyId: id })), {
      kind: "unknown key",
      code: "NotFoundException",
      message: `Key '${keyArn}' does not exist`,
    });
  });
}

test("Encryption in an envelope asks for kms:GenerateDataKey, takes any size, and opens under its context only", async () => {
  await using opened = await open();
  const { encryption, create, callAs } = opened;
  const { id } = await create();
  const before = opened.asked.length;
  const plaintext = Buffer.alloc(8192, 7);
  const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: id, plaintext, envelope: true });
  const decrypt = (text: Uint8Array, context: Record<string, string> = encryptionContext) =>
    encryption.decrypt(callAs(), { service: "ssm", ciphertext: text, encryptionContext: context });
  assert.deepEqual(Buffer.from((await decrypt(ciphertext)).plaintext), plaintext);
  assert.deepEqual(
    opened.asked.slice(before).map(({ action }) => action),
    ["kms:GenerateDataKey", "kms:Decrypt"],
  );
  assert.equal((await failure(decrypt(ciphertext, { other: "context" }))).code, "InvalidCiphertextException");
  const changed = Uint8Array.from(ciphertext);
  changed[changed.length - 1]! ^= 1;
  assert.equal((await failure(decrypt(changed))).code, "InvalidCiphertextException");
});

for (const [service, action] of [
  ["ssm", "kms:Encrypt"],
  ["secretsmanager", "kms:GenerateDataKey"],
] as const) {
  test(`Encryption for ${service} asks for ${action} and kms:Decrypt as its caller, via the service`, async () => {
    const asked: [Call, Access][] = [];
    await using opened = await open(undefined, async (call, access) => {
      const { grants, ...rest } = access;
      if (grants) asked.push([call, rest]);
      return undefined;
    });
    const { encryption, create, store, callAs } = opened;
    const { id, policy } = await create();
    await store.aliases.create(callAs(), "alias/app", { region: testRegion, id: id }, () => {});
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, { ...ssm, service, keyId: "alias/app" });
    await encryption.decrypt(call, { service, ciphertext, encryptionContext });
    const access = (name: string, more: object): Access => ({
      action: name,
      resource: keyArn,
      resourceAccount: testAccount,
      resourcePolicy: { name: "default", document: policy, rule: "alone" },
      conditions: {
        "kms:CallerAccount": testAccount,
        "kms:KeyOrigin": "AWS_KMS",
        "kms:KeySpec": "SYMMETRIC_DEFAULT",
        "kms:KeyUsage": "ENCRYPT_DECRYPT",
        "kms:MultiRegion": "false",
        "kms:ResourceAliases": ["alias/app"],
        "aws:ResourceTag/team": "a",
        "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "kms:EncryptionContextKeys": ["PARAMETER_ARN"],
        "kms:EncryptionContext:PARAMETER_ARN": encryptionContext.PARAMETER_ARN,
        "kms:ViaService": `${service}.us-east-1.amazonaws.com`,
        ...more,
      },
      calledVia: [`${service}.amazonaws.com`],
    });
    assert.deepEqual(asked, [
      [call, access(action, { "kms:RequestAlias": "alias/app" })],
      [call, access("kms:Decrypt", {})],
    ]);
  });
}

test("Encryption words a denial as AccessDeniedException and shows nothing of the plaintext", async () => {
  let denial: string | undefined;
  await using opened = await open(undefined, async () => denial);
  const { encryption, callAs } = opened;
  const { ciphertext } = await encryption.encrypt(callAs(), ssm);
  denial = "User: x is not authorized";
  const expected = { kind: "access denied", code: "AccessDeniedException", message: denial };
  const request = { service: "ssm", ciphertext, encryptionContext } as const;
  assert.deepEqual(await failure(encryption.encrypt(callAs(), ssm)), expected);
  assert.deepEqual(await failure(encryption.decrypt(callAs(), request)), expected);
});

test("Encryption refuses an unknown key, and a key for another usage or algorithm", async () => {
  await using opened = await open();
  const { encryption, callAs } = opened;
  const encrypt = (keyId: string) => failure(encryption.encrypt(callAs(), { ...ssm, keyId }));
  assert.equal((await encrypt("foo")).kind, "unknown key");
  assert.equal((await encrypt("alias/foo")).kind, "unknown key");
  const pair = await opened.create();
  assert.equal(await encryption.findKeyArn(callAs(), pair.id), `arn:aws:kms:us-east-1:${testAccount}:key/${pair.id}`);
  assert.equal(await encryption.findKeyArn(callAs(), "alias/foo"), undefined);
  for (const input of [
    { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" },
    { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
  ] as const) {
    const { KeyMetadata } = await opened.kms.createKey(input);
    const { kind, code } = await encrypt(KeyMetadata!.KeyId!);
    assert.deepEqual([kind, code], ["unusable key", "InvalidKeyUsageException"]);
  }
  assert.equal(kmsRefusalOf(new Error("another")), undefined);
});

test("Encryption refuses another encryption context, and a blob of another region", async () => {
  await using opened = await open();
  const { encryption, callAs } = opened;
  const { ciphertext } = await encryption.encrypt(callAs(), ssm);
  const expected = { kind: "invalid ciphertext", code: "InvalidCiphertextException", message: "" };
  const request = { service: "ssm", ciphertext, encryptionContext } as const;
  const elsewhere = callAs(rootPrincipal, "eu-west-1");
  assert.deepEqual(await failure(encryption.decrypt(callAs(), { ...request, encryptionContext: {} })), expected);
  assert.deepEqual(await failure(encryption.decrypt(elsewhere, request)), unknownKey);
});

test("A key material that was exchanged in the database does not open", async () => {
  await using opened = await open();
  const { database, encryption, create, callAs } = opened;
  const [key, other] = [await create(), await create()];
  const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: key.id });
  const row = database.db.selectFrom("kms_key_materials").select("sealed").where("key_id", "=", other.id);
  const { sealed } = await row.executeTakeFirstOrThrow();
  await database.db.updateTable("kms_key_materials").set({ sealed }).where("key_id", "=", key.id).execute();
  await assert.rejects(
    opened.another().encryption.decrypt(callAs(), { service: "ssm", ciphertext, encryptionContext }),
    new Error(`Cannot open KMS key ${key.id} material 1: it was changed, or sealed under another root key`),
  );
});

test("Neither key material nor plaintext stands in the database's files", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-kms-"));
  try {
    const inFile = () => openSqlite(join(directory, "sealift.db"));
    await using opened = await open({ name: "sqlite", open: inFile });
    const { encryption, store, create, callAs } = opened;
    const key = await create();
    const { id } = key;
    const { ciphertext } = await encryption.encrypt(callAs(), { ...ssm, keyId: id });
    await store.aliases.create(callAs(), "alias/canary-that-is-found", { region: testRegion, id: id }, () => {});
    const material = (await store.materials.find(key, 1))!.export();
    assert.notDeepEqual(material, randomBytes(32));
    const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))));
    const stored = Buffer.concat(files);
    assert.ok(stored.includes("alias/canary-that-is-found"));
    for (const secret of [material, plaintext]) {
      for (const form of [secret, secret.toString("hex"), secret.toString("base64"), secret.toString("base64url")]) {
        assert.equal(stored.includes(form), false);
        assert.equal(Buffer.from(ciphertext).includes(form), false);
      }
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

for (const kind of databases()) {
  test(`isUnderManagedKey knows an AWS managed key under whatever name it was used (${kind.name})`, async () => {
    await using opened = await open(kind);
    const { encryption, create, callAs } = opened;
    const call = callAs();
    const { ciphertext, keyArn } = await encryption.encrypt(call, ssm);
    const byId = await encryption.encrypt(call, { ...ssm, keyId: keyArn.split("/")[1]!, envelope: true });
    const own = await encryption.encrypt(call, { ...ssm, keyId: (await create()).id, envelope: true });
    const known = [ciphertext, byId.ciphertext, own.ciphertext, Buffer.from("no ciphertext")];
    assert.deepEqual(await Promise.all(known.map((blob) => encryption.isUnderManagedKey(call, blob))), [
      true,
      true,
      false,
      false,
    ]);
  });
}
