import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import { openSqlite } from "../../../storage/sqlite.ts";
import { openKms } from "../kms.fixture.ts";
import { materialKey, newKeyPair, newMaterial } from "./new-material.ts";

test("A key pair is made outside of the event loop", async () => {
  let hasTurned = false;
  setImmediate(() => {
    hasTurned = true;
  });
  await newKeyPair("RSA_2048");
  assert.ok(hasTurned);
});

test("Material of one spec does not open as another's", async () => {
  const secret = await newMaterial("SYMMETRIC_DEFAULT", newKeyPair);
  assert.equal(materialKey("SYMMETRIC_DEFAULT", secret).symmetricKeySize, 32);
  assert.throws(() => materialKey("RSA_2048", secret));
  await assert.rejects(newMaterial("SM2", newKeyPair), new Error("Keys of spec SM2 cannot be made"));
  await assert.rejects(newKeyPair("HMAC_256"), new Error("HMAC_256 is not a key pair's spec"));
});

test("No private key or secret stands in the database's files", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-kms-"));
  try {
    const kinds: [KeySpec, KeyUsageType][] = [
      ["HMAC_256", "GENERATE_VERIFY_MAC"],
      ["RSA_2048", "SIGN_VERIFY"],
      ["ECC_NIST_P256", "SIGN_VERIFY"],
      ["ECC_NIST_EDWARDS25519", "SIGN_VERIFY"],
      ["ML_DSA_44", "SIGN_VERIFY"],
    ];
    const open = () => openSqlite(join(directory, "sealift.db"));
    await using opened = await openKms({ name: "sqlite", open });
    const secrets: Buffer[] = [];
    for (const [KeySpec, KeyUsage] of kinds) {
      const { id } = await opened.create({ KeySpec, KeyUsage, Description: "canary-that-is-found" });
      const material = await opened.material(id);
      const { d, priv } = material.length > 32 ? materialKey(KeySpec, material).export({ format: "jwk" }) : {};
      const part = d ?? priv;
      secrets.push(part === undefined ? material : Buffer.from(part as string, "base64url"));
    }
    const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))));
    const stored = Buffer.concat(files);
    assert.ok(stored.includes("canary-that-is-found"));
    for (const secret of secrets) {
      for (const form of [secret, secret.toString("hex"), secret.toString("base64"), secret.toString("base64url")]) {
        assert.equal(stored.includes(form), false);
      }
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
