import assert from "node:assert/strict";
import { test } from "node:test";
import type { KMS } from "@aws-sdk/client-kms";
import { createKey, type OpenKms, openKms, Plaintext } from "../kms.fixture.ts";

/** The condition keys that a key itself gives, whatever the request says. */
const ofKey = ["kms:CallerAccount", "kms:KeyOrigin", "kms:KeySpec", "kms:KeyUsage", "kms:MultiRegion"];

interface Keys {
  readonly [purpose: string]: string;
}

type Ask = (kms: KMS, keys: Keys) => Promise<unknown>;

const account = "arn:aws:iam::111122223333:root";
const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" }],
});

/**
 * Requests without their optional members, and the keys that they have beside those of the key. AWS does not fill in what a
 * request leaves out. `kms:EncryptionAlgorithm` is the one that is used, and `kms:GrantIsForAWSResource` is about the caller.
 */
const bare: readonly (readonly [operation: string, keys: readonly string[], ask: Ask])[] = [
  ["CreateKey", [], (kms) => kms.createKey({})],
  ["CreateKey", [], (kms) => kms.createKey({ Policy, Tags: [] })],
  ["PutKeyPolicy", [], (kms, { symmetric: KeyId }) => kms.putKeyPolicy({ KeyId, Policy })],
  [
    "ReplicateKey",
    ["kms:ReplicaRegion"],
    (kms, { multi: KeyId }) => kms.replicateKey({ KeyId, ReplicaRegion: "eu-west-1" }),
  ],
  ["EnableKeyRotation", [], (kms, { symmetric: KeyId }) => kms.enableKeyRotation({ KeyId })],
  ["ScheduleKeyDeletion", [], (kms, { doomed: KeyId }) => kms.scheduleKeyDeletion({ KeyId })],
  [
    "ImportKeyMaterial",
    [],
    (kms, { external: KeyId }) =>
      assert.rejects(kms.importKeyMaterial({ KeyId, ImportToken: Plaintext, EncryptedKeyMaterial: Plaintext })),
  ],
  [
    "Sign",
    ["kms:SigningAlgorithm"],
    (kms, { signing: KeyId }) => kms.sign({ KeyId, SigningAlgorithm: "ECDSA_SHA_256", Message: Plaintext }),
  ],
  [
    "Verify",
    ["kms:SigningAlgorithm"],
    (kms, { signing: KeyId }) =>
      assert.rejects(
        kms.verify({ KeyId, SigningAlgorithm: "ECDSA_SHA_256", Message: Plaintext, Signature: Plaintext }),
      ),
  ],
  [
    "Encrypt",
    ["kms:EncryptionAlgorithm"],
    (kms, { symmetric: KeyId }) => kms.encrypt({ KeyId, Plaintext, EncryptionContext: {}, GrantTokens: [] }),
  ],
  [
    "GenerateDataKey",
    ["kms:EncryptionAlgorithm"],
    (kms, { symmetric: KeyId }) => kms.generateDataKey({ KeyId, NumberOfBytes: 8, EncryptionContext: {} }),
  ],
  [
    "CreateGrant",
    ["kms:GranteePrincipal", "kms:GrantIsForAWSResource", "kms:GrantOperations"],
    (kms, { symmetric: KeyId }) =>
      kms.createGrant({
        ...{ KeyId, GranteePrincipal: account, Operations: ["Encrypt"] },
        Constraints: { EncryptionContextEquals: {}, EncryptionContextSubset: {} },
      }),
  ],
  ["ListGrants", ["kms:GrantIsForAWSResource"], (kms, { symmetric: KeyId }) => kms.listGrants({ KeyId })],
  ["UntagResource", [], (kms, { symmetric: KeyId }) => kms.untagResource({ KeyId, TagKeys: [] })],
  ["DisableKey", [], (kms, { unused: KeyId }) => kms.disableKey({ KeyId })],
];

test("Condition keys hold only what a request says, and what its key is", async () => {
  await using opened = await openKms();
  const keys = await someKeys(opened);
  for (const [operation, expected, ask] of bare) {
    opened.asked.length = 0;
    await ask(opened.kms, keys);
    const access = opened.asked.find(({ action }) => action === `kms:${operation}`);
    const beside = ofKey.filter((name) => access?.conditions?.[name] === undefined);
    assert.deepEqual(beside, [], operation);
    const own = Object.keys(access?.conditions ?? {}).filter((name) => !ofKey.includes(name));
    const ofMultiRegion = operation === "ReplicateKey" ? ["kms:MultiRegionKeyType"] : [];
    assert.deepEqual(own.sort(), [...expected, ...ofMultiRegion].sort(), operation);
  }
});

test("Condition keys hold what a request says of its optional members", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const keys = await someKeys(opened);
  const said: readonly (readonly [operation: string, key: string, value: string, ask: () => Promise<unknown>])[] = [
    [
      ...(["CreateKey", "kms:BypassPolicyLockoutSafetyCheck", "false"] as const),
      () => kms.createKey({ BypassPolicyLockoutSafetyCheck: false }),
    ],
    [
      ...(["EnableKeyRotation", "kms:RotationPeriodInDays", "365"] as const),
      () => kms.enableKeyRotation({ KeyId: keys.symmetric!, RotationPeriodInDays: 365 }),
    ],
    [
      ...(["Sign", "kms:MessageType", "RAW"] as const),
      () =>
        kms.sign({ KeyId: keys.signing!, SigningAlgorithm: "ECDSA_SHA_256", Message: Plaintext, MessageType: "RAW" }),
    ],
    [
      ...(["ScheduleKeyDeletion", "kms:ScheduleKeyDeletionPendingWindowInDays", "30"] as const),
      () => kms.scheduleKeyDeletion({ KeyId: keys.doomed!, PendingWindowInDays: 30 }),
    ],
  ];
  for (const [operation, key, value, ask] of said) {
    opened.asked.length = 0;
    await ask();
    const access = opened.asked.find(({ action }) => action === `kms:${operation}`);
    assert.equal(access?.conditions?.[key], value, operation);
  }
});

async function someKeys({ kms }: OpenKms): Promise<Keys> {
  const [symmetric, doomed, unused] = [await createKey(kms), await createKey(kms), await createKey(kms)];
  const signing = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const external = await createKey(kms, { Origin: "EXTERNAL" });
  const multi = await createKey(kms, { MultiRegion: true });
  const made = Object.entries({ symmetric, doomed, unused, signing, external, multi });
  return Object.fromEntries(made.map(([purpose, { id }]) => [purpose, id]));
}
