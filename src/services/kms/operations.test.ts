import assert from "node:assert/strict";
import { createPublicKey, randomBytes, verify } from "node:crypto";
import { test } from "node:test";
import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import { openGrants } from "./grants/grants.fixture.ts";
import { createKey, day, describeKey, openKms, Plaintext } from "./kms.fixture.ts";
import { importMaterial } from "./materials/wrapping.fixture.ts";

// Another request changes something between the authorisation of a call and its run. The call then does what was
// authorised, to the key that was found, or it is refused.

const GranteePrincipal = `arn:aws:iam::${testAccount}:user/alice`;

function policyOf(Id: string): string {
  const statement = { Effect: "Allow", Principal: { AWS: rootPrincipal.arn }, Action: "kms:*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Id, Statement: [statement] });
}

/** A key with the alias `alias/app`, another key of its kind, and changes that other requests make. */
async function openKeys(input = {}, database?: TestDatabase) {
  const opened = await openKms(database);
  const { kms } = opened;
  const [key, other] = [await opened.create(input), await opened.create(input)];
  await kms.createAlias({ AliasName: "alias/app", TargetKeyId: key.id });
  const changes = {
    "its alias moves": () => kms.updateAlias({ AliasName: "alias/app", TargetKeyId: other.id }),
    "its policy is replaced": () => kms.putKeyPolicy({ KeyId: key.id, Policy: policyOf("meanwhile") }),
    "it is disabled": () => kms.disableKey({ KeyId: key.id }),
    "its deletion is scheduled": () => kms.scheduleKeyDeletion({ KeyId: key.id, PendingWindowInDays: 7 }),
    async "it is deleted"() {
      await kms.scheduleKeyDeletion({ KeyId: key.id, PendingWindowInDays: 7 });
      opened.clock.advance(7 * day);
      await opened.store.purge();
    },
  };
  return {
    ...opened,
    key,
    other,
    /** Makes a call during which something changes. */
    async during<T>(change: Change, call: () => Promise<T>): Promise<T> {
      opened.meanwhile(changes[change]);
      return call();
    },
  };
}

type OpenKeys = Awaited<ReturnType<typeof openKeys>>;
type Change =
  | "its alias moves"
  | "its policy is replaced"
  | "it is disabled"
  | "its deletion is scheduled"
  | "it is deleted";

const survived = ["its alias moves", "its policy is replaced", "it is disabled", "its deletion is scheduled"] as const;

/** Uses of a key by its alias. Each checks its result and gives the ARN of the key that it names. */
const uses: Readonly<Record<string, (opened: OpenKeys, change: Change) => Promise<string | undefined>>> = {
  async Encrypt({ kms, key, during }, change) {
    const encrypted = await during(change, () => kms.encrypt({ KeyId: "alias/app", Plaintext }));
    if (change === "its deletion is scheduled") await kms.cancelKeyDeletion({ KeyId: key.id });
    await kms.enableKey({ KeyId: key.id });
    const { CiphertextBlob } = encrypted;
    assert.equal((await kms.decrypt({ CiphertextBlob, KeyId: key.id })).KeyId, key.arn);
    return encrypted.KeyId;
  },
  async Decrypt({ kms, during }, change) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId: "alias/app", Plaintext });
    const decrypted = await during(change, () => kms.decrypt({ CiphertextBlob, KeyId: "alias/app" }));
    assert.deepEqual(decrypted.Plaintext, Plaintext);
    return decrypted.KeyId;
  },
  async ReEncrypt({ kms, other, during }, change) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId: other.id, Plaintext });
    const moved = await during(change, () => kms.reEncrypt({ CiphertextBlob, DestinationKeyId: "alias/app" }));
    assert.equal(moved.SourceKeyId, other.arn);
    return moved.KeyId;
  },
  async GenerateDataKey({ kms, during }, change) {
    const made = await during(change, () => kms.generateDataKey({ KeyId: "alias/app", KeySpec: "AES_256" }));
    assert.equal(made.Plaintext?.length, 32);
    return made.KeyId;
  },
};

for (const [name, use] of Object.entries(uses)) {
  for (const change of survived) {
    test(`${name} uses the key that it was authorised for when ${change}`, async () => {
      await using opened = await openKeys();
      assert.equal(await use(opened, change), opened.key.arn);
    });
  }

  test(`${name} is refused when its key is deleted`, async () => {
    await using opened = await openKeys();
    await assert.rejects(use(opened, "it is deleted"), {
      name: "NotFoundException",
      message: `Key '${opened.key.arn}' does not exist`,
    });
  });
}

for (const change of survived) {
  test(`Sign signs with the key that it was authorised for when ${change}`, async () => {
    await using opened = await openKeys({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    const { kms, key, asked } = opened;
    const der = Buffer.from(await opened.publicKey(key.id));
    const { KeyId, Signature } = await opened.during(change, () =>
      kms.sign({ KeyId: "alias/app", Message: Plaintext, SigningAlgorithm: "ECDSA_SHA_256" }),
    );
    assert.equal(KeyId, key.arn);
    assert.equal(asked.find(({ action }) => action === "kms:Sign")?.resource, key.arn);
    assert.ok(verify("sha256", Plaintext, createPublicKey({ key: der, format: "der", type: "spki" }), Signature!));
  });
}

test("Encrypt is refused when the key's imported material is deleted", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id, arn } = await opened.create({ Origin: "EXTERNAL" });
  await importMaterial(kms, id, randomBytes(32));
  opened.meanwhile(() => kms.deleteImportedKeyMaterial({ KeyId: id }));
  await assert.rejects(kms.encrypt({ KeyId: id, Plaintext }), {
    name: "KMSInvalidStateException",
    message: `${arn} is pending import.`,
  });
});

const changed = (what: string) => ({
  name: "KMSInvalidStateException",
  message: `${what} was changed by another request at the same time.`,
});
const notFound = { name: "NotFoundException" };
const pendingDeletion = { name: "KMSInvalidStateException", message: /is pending deletion\.$/ };
const disabled = { name: "DisabledException" };

interface Write {
  readonly call: (opened: OpenKeys) => Promise<unknown>;
  /** The changes that the call is refused after, each with the refusal. */
  readonly refused: Partial<Record<Change, object>>;
  /** `true` if the call has had its effect. */
  readonly isDone: (opened: OpenKeys) => Promise<boolean>;
}

const writes: Readonly<Record<string, Write>> = {
  CreateGrant: {
    call: ({ kms, key }) => kms.createGrant({ KeyId: key.id, GranteePrincipal, Operations: ["Decrypt"] }),
    refused: { "it is disabled": disabled, "its deletion is scheduled": pendingDeletion },
    isDone: async ({ kms, key }) => (await kms.listGrants({ KeyId: key.id })).Grants?.length === 1,
  },
  ScheduleKeyDeletion: {
    call: ({ kms, key }) => kms.scheduleKeyDeletion({ KeyId: key.id, PendingWindowInDays: 30 }),
    refused: { "its deletion is scheduled": pendingDeletion },
    async isDone({ kms, key, clock }) {
      const { DeletionDate } = await describeKey(kms, key.id);
      return DeletionDate?.getTime() === clock.now().getTime() + 30 * day;
    },
  },
  PutKeyPolicy: {
    call: ({ kms, key }) => kms.putKeyPolicy({ KeyId: key.id, Policy: policyOf("put") }),
    refused: { "its policy is replaced": { name: "KMSInvalidStateException", message: /^The key policy of arn:/ } },
    isDone: async ({ kms, key }) => (await kms.getKeyPolicy({ KeyId: key.id })).Policy === policyOf("put"),
  },
  CreateAlias: {
    call: ({ kms, key }) => kms.createAlias({ AliasName: "alias/new", TargetKeyId: key.id }),
    refused: { "its deletion is scheduled": pendingDeletion },
    isDone: async ({ kms, key }) => (await describeKey(kms, "alias/new").catch(() => undefined))?.KeyId === key.id,
  },
};

for (const database of databases()) {
  for (const [name, { call, refused, isDone }] of Object.entries(writes)) {
    for (const change of survived) {
      const refusal = refused[change];
      test(`${name} ${refusal ? "is refused" : "does its work"} when ${change} (${database.name})`, async () => {
        await using opened = await openKeys({}, database);
        const done = opened.during(change, () => call(opened));
        if (refusal) await assert.rejects(done, refusal);
        else await done;
        assert.equal(await isDone(opened), refusal === undefined);
      });
    }

    test(`${name} is refused and leaves nothing when its key is deleted (${database.name})`, async () => {
      await using opened = await openKeys({}, database);
      await assert.rejects(
        opened.during("it is deleted", () => call(opened)),
        notFound,
      );
      const { db } = opened.database;
      for (const table of ["kms_keys", "kms_grants", "kms_aliases"] as const) {
        const rows = await db.selectFrom(table).selectAll().where("key_id", "=", opened.key.id).execute();
        assert.deepEqual(rows, []);
      }
    });
  }

  test(`UpdateAlias and DeleteAlias leave an alias that has moved (${database.name})`, async () => {
    await using opened = await openKeys({}, database);
    const { kms, key, other, during } = opened;
    const third = await opened.create();
    const alias = `arn:aws:kms:us-east-1:${testAccount}:alias/app`;
    const target = async () => (await describeKey(kms, "alias/app")).KeyId;
    const update = () => kms.updateAlias({ AliasName: "alias/app", TargetKeyId: third.id });
    await assert.rejects(during("its alias moves", update), changed(`Alias ${alias}`));
    assert.equal(await target(), other.id);
    await kms.updateAlias({ AliasName: "alias/app", TargetKeyId: key.id });
    const remove = () => kms.deleteAlias({ AliasName: "alias/app" });
    await assert.rejects(during("its alias moves", remove), changed(`Alias ${alias}`));
    assert.equal(await target(), other.id);
    for (const call of [update, remove]) {
      opened.meanwhile(() => kms.deleteAlias({ AliasName: "alias/app" }));
      await assert.rejects(call(), { name: "NotFoundException", message: `Alias ${alias} is not found.` });
      await kms.createAlias({ AliasName: "alias/app", TargetKeyId: key.id });
    }
  });

  test(`UpdateAlias gives no alias to a key that will be deleted (${database.name})`, async () => {
    await using opened = await openKeys({}, database);
    const { kms, key, other, during } = opened;
    await kms.createAlias({ AliasName: "alias/other", TargetKeyId: other.id });
    const update = () => kms.updateAlias({ AliasName: "alias/other", TargetKeyId: key.id });
    const target = async () => (await describeKey(kms, "alias/other")).KeyId;
    await assert.rejects(during("its deletion is scheduled", update), pendingDeletion);
    assert.equal(await target(), other.id);
    await kms.cancelKeyDeletion({ KeyId: key.id });
    await assert.rejects(during("it is deleted", update), notFound);
    assert.equal(await target(), other.id);
  });
}

test("UpdatePrimaryRegion takes no replica that was made after its authorisation", async () => {
  await using opened = await openKms();
  const { kms, kmsIn } = opened;
  const { id, arn } = await createKey(kms, { MultiRegion: true });
  const update = () => kms.updatePrimaryRegion({ KeyId: id, PrimaryRegion: "eu-west-1" });
  opened.meanwhile(() => kms.replicateKey({ KeyId: id, ReplicaRegion: "eu-west-1" }));
  await assert.rejects(update(), notFound);
  assert.equal((await describeKey(kmsIn("eu-west-1"), id)).MultiRegionConfiguration?.PrimaryKey?.Arn, arn);
  await update();
});

test("Encrypt and CreateGrant still run once when the grant that allowed them is revoked", async () => {
  await using opened = await openGrants();
  const { kms, as, alice, bob, grant, store, KeyId } = opened;
  const name = { region: testRegion, id: KeyId.split("/")[1]! };
  for (const call of [
    () => as(alice, () => kms.encrypt({ KeyId, Plaintext })),
    () => as(alice, () => grant(bob, { Operations: ["Encrypt"] })),
  ]) {
    const { GrantId } = await grant(alice, { Operations: ["Encrypt", "CreateGrant"] });
    opened.meanwhile(() => store.grants.delete(name, GrantId!));
    await call();
    await assert.rejects(call(), { name: "AccessDeniedException" });
  }
});

test("RevokeGrant and RetireGrant are refused when the grant is revoked", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId } = await opened.create();
  for (const call of [
    (GrantId: string) => kms.revokeGrant({ KeyId, GrantId }),
    (GrantId: string) => kms.retireGrant({ KeyId, GrantId }),
  ]) {
    const { GrantId } = await kms.createGrant({ KeyId, GranteePrincipal, Operations: ["Decrypt"] });
    opened.meanwhile(() => kms.revokeGrant({ KeyId, GrantId }));
    await assert.rejects(call(GrantId!), { name: "NotFoundException", message: `Grant ID ${GrantId} not found` });
  }
});
