import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DisableKeyCommand,
  type KMSClient,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  UpdatePrimaryRegionCommand,
} from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { createKey, decrypt, describeKey, encrypt, openKms, Plaintext } from "../kms.fixture.ts";

const multiRegion = { MultiRegion: true } as const;

async function replicate(kms: KMSClient, KeyId: string, ReplicaRegion: string) {
  return kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion }));
}

function arnIn(region: string, id: string): string {
  return `arn:aws:kms:${region}:${testAccount}:key/${id}`;
}

for (const database of databases()) {
  test(`UpdatePrimaryRegion makes the replica the primary and the primary a replica (${database.name})`, async () => {
    await using opened = await openKms(database);
    const { kms } = opened;
    const ireland = opened.kmsIn("eu-west-1");
    const { id, arn } = await createKey(kms, multiRegion);
    await replicate(kms, id, "eu-west-1");
    await replicate(kms, id, "eu-central-1");
    await kms.send(new UpdatePrimaryRegionCommand({ KeyId: id, PrimaryRegion: "eu-west-1" }));
    const configuration = {
      PrimaryKey: { Arn: arnIn("eu-west-1", id), Region: "eu-west-1" },
      ReplicaKeys: [
        { Arn: arnIn("eu-central-1", id), Region: "eu-central-1" },
        { Arn: arn, Region: "us-east-1" },
      ],
    };
    for (const [region, MultiRegionKeyType] of [
      [kms, "REPLICA"],
      [ireland, "PRIMARY"],
      [opened.kmsIn("eu-central-1"), "REPLICA"],
    ] as const) {
      const { MultiRegionConfiguration: shown } = await describeKey(region, id);
      assert.deepEqual(shown, { MultiRegionKeyType, ...configuration });
    }
    await assert.rejects(replicate(kms, id, "eu-north-1"), {
      name: "UnsupportedOperationException",
      message: `${arn} is not a multi-region primary key.`,
    });
    await replicate(ireland, id, "eu-north-1");
    await ireland.send(new RotateKeyOnDemandCommand({ KeyId: id }));
    assert.deepEqual(await decrypt(kms, await encrypt(ireland, id)), Plaintext);
  });
}

test("UpdatePrimaryRegion refuses a region without an enabled replica", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id, arn } = await createKey(kms, multiRegion);
  const update = (PrimaryRegion: string) => kms.send(new UpdatePrimaryRegionCommand({ KeyId: id, PrimaryRegion }));
  await assert.rejects(update("eu-west-1"), {
    name: "NotFoundException",
    message: `Key '${arnIn("eu-west-1", id)}' does not exist`,
  });
  await assert.rejects(update("us-east-1"), { name: "UnsupportedOperationException" });
  await replicate(kms, id, "eu-west-1");
  await opened.kmsIn("eu-west-1").send(new DisableKeyCommand({ KeyId: id }));
  await assert.rejects(update("eu-west-1"), {
    name: "DisabledException",
    message: `${arnIn("eu-west-1", id)} is disabled.`,
  });
  await kms.send(new DisableKeyCommand({ KeyId: id }));
  await assert.rejects(update("eu-west-1"), { name: "DisabledException", message: `${arn} is disabled.` });
});
