import assert from "node:assert/strict";
import { test } from "node:test";
import { GetKeyRotationStatusCommand, type KMS } from "@aws-sdk/client-kms";
import { createKey, openKms } from "../kms.fixture.ts";

/** GetKeyRotationStatus's answer. */
export async function status(kms: KMS, KeyId: string) {
  const { $metadata: _, ...answer } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
  return answer;
}

/** The members of an automatic rotation in ListKeyRotations. */
export function automatic(RotationDate: Date) {
  return { RotationDate, RotationType: "AUTOMATIC" };
}

type Ask = (kms: KMS, KeyId: string) => Promise<unknown>;

/** Tests that the operation refuses keys that are not rotated. */
export function refusesUnrotatable(name: string, ask: Ask): void {
  test(`${name} refuses keys that are not for symmetric encryption`, async () => {
    await using opened = await openKms();
    const { kms } = opened;
    const hmac = await createKey(kms, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const pair = await createKey(kms, { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    for (const { id } of [hmac, pair]) {
      await assert.rejects(ask(kms, id), { name: "UnsupportedOperationException" });
    }
  });
}

/** Tests that the operation refuses keys that are not rotated automatically. */
export function refusesImported(name: string, ask: Ask): void {
  test(`${name} refuses keys whose material is imported`, async () => {
    await using opened = await openKms();
    const { id, arn } = await createKey(opened.kms, { Origin: "EXTERNAL" });
    await assert.rejects(ask(opened.kms, id), {
      name: "UnsupportedOperationException",
      message: `${arn} origin is EXTERNAL which is not valid for this operation.`,
    });
  });
}
