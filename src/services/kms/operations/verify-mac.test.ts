import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { GenerateMacCommand, VerifyMacCommand } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { openKms } from "../kms.fixture.ts";

const sizes = [224, 256, 384, 512] as const;
const hmac = (bits: (typeof sizes)[number]) => ({ KeySpec: `HMAC_${bits}`, KeyUsage: "GENERATE_VERIFY_MAC" }) as const;
for (const database of databases()) {
  for (const bits of sizes) {
    test(`VerifyMac accepts what GenerateMac made with HMAC_${bits} and refuses all else (${database.name})`, async () => {
      await using opened = await openKms(database);
      const { id: KeyId, arn } = await opened.create(hmac(bits));
      const asked = { KeyId, MacAlgorithm: `HMAC_SHA_${bits}`, Message: randomBytes(4096) } as const;
      const { Mac, KeyId: usedKey, MacAlgorithm } = await opened.kms.send(new GenerateMacCommand(asked));
      assert.deepEqual([usedKey, MacAlgorithm, Mac?.length], [arn, asked.MacAlgorithm, bits / 8]);
      const verified = await opened.restarted().send(new VerifyMacCommand({ ...asked, Mac }));
      assert.deepEqual([verified.KeyId, verified.MacValid, verified.MacAlgorithm], [arn, true, asked.MacAlgorithm]);
      const other = Uint8Array.from(Mac!);
      other[3]! ^= 4;
      for (const wrong of [other, Mac!.subarray(1), Buffer.concat([Mac!, Buffer.of(0)]), Buffer.alloc(6144)]) {
        const command = new VerifyMacCommand({ ...asked, Mac: wrong });
        await assert.rejects(opened.kms.send(command), { name: "KMSInvalidMacException" });
      }
      const command = new VerifyMacCommand({ ...asked, Message: randomBytes(4096), Mac });
      await assert.rejects(opened.kms.send(command), { name: "KMSInvalidMacException" });
      assert.equal(opened.asked.at(-1)?.action, "kms:VerifyMac");
      assert.equal(opened.asked.at(-1)?.conditions?.["kms:MacAlgorithm"], asked.MacAlgorithm);
    });
  }
}
