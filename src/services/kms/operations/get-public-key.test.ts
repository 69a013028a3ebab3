import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { GetPublicKeyCommand } from "@aws-sdk/client-kms";
import { ed25519ph } from "@noble/curves/ed25519.js";
import { algorithmsOf, givenAs, signer, specs } from "../cryptography/signing.fixture.ts";
import { openKms } from "../kms.fixture.ts";

const rsa = { EncryptionAlgorithms: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] };

test("GetPublicKey gives the key and all that DescribeKey shows of its use, the same after a restart", async () => {
  await using opened = await openKms();
  const { id, arn } = await opened.create({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
  const { $metadata: _, PublicKey, ...members } = await opened.kms.send(new GetPublicKeyCommand({ KeyId: id }));
  assert.deepEqual(members, {
    KeyId: arn,
    CustomerMasterKeySpec: "RSA_2048",
    KeySpec: "RSA_2048",
    KeyUsage: "ENCRYPT_DECRYPT",
    ...rsa,
  });
  const again = await opened.restarted().send(new GetPublicKeyCommand({ KeyId: arn }));
  assert.deepEqual(again.PublicKey, PublicKey);
});

for (const input of [{}, { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }] as const) {
  test(`GetPublicKey refuses a key that is no pair: ${JSON.stringify(input)}`, async () => {
    await using opened = await openKms();
    const { id } = await opened.create(input);
    await assert.rejects(opened.publicKey(id), { name: "UnsupportedOperationException" });
  });
}

for (const spec of specs) {
  test(`GetPublicKey's ${spec} key verifies signatures outside of KMS`, async () => {
    await using opened = await openKms();
    const { id } = await opened.create({ KeySpec: spec, KeyUsage: "SIGN_VERIFY" });
    const key = createPublicKey({ key: Buffer.from(await opened.publicKey(id)), format: "der", type: "spki" });
    const message = Buffer.from("a message");
    for (const algorithm of algorithmsOf(spec)) {
      const [, bits] = /^(?:RSA|ECDSA).*SHA_(\d+)$/.exec(algorithm) ?? [];
      for (const [type, bytes] of givenAs(algorithm, message)) {
        const signature = await signer(opened, id, algorithm).sign(type, bytes);
        if (algorithm === "ED25519_PH_SHA_512") {
          const point = Buffer.from(key.export({ format: "jwk" }).x!, "base64url");
          assert.ok(ed25519ph.verify(Uint8Array.from(signature), Uint8Array.from(message), Uint8Array.from(point)));
          continue;
        }
        const pss = { padding: 6, saltLength: Number(bits) / 8 };
        const options = { key, ...(algorithm.includes("PSS") && pss) };
        assert.ok(verify(bits && `sha${bits}`, message, options, signature), `${algorithm} ${type}`);
      }
    }
  });
}
