import assert from "node:assert/strict";
import { test } from "node:test";
import { refuseOtherKind } from "./alias.ts";

test("refuseOtherKind keeps an alias to one usage, and to symmetric or to asymmetric keys", () => {
  const symmetric = { spec: "SYMMETRIC_DEFAULT", usage: "ENCRYPT_DECRYPT" } as const;
  const rsa = { spec: "RSA_2048", usage: "ENCRYPT_DECRYPT" } as const;
  const signing = { spec: "RSA_2048", usage: "SIGN_VERIFY" } as const;
  const curve = { spec: "ECC_NIST_P256", usage: "SIGN_VERIFY" } as const;
  const mac = { spec: "HMAC_256", usage: "GENERATE_VERIFY_MAC" } as const;
  const message = "The alias must be updated to a key of the same type and key usage as its current key.";
  for (const [one, other] of [
    [symmetric, rsa],
    [rsa, signing],
    [mac, symmetric],
  ] as const) {
    assert.throws(() => refuseOtherKind(one, other), { message });
    assert.throws(() => refuseOtherKind(other, one), { message });
  }
  refuseOtherKind(symmetric, symmetric);
  refuseOtherKind(signing, curve);
});
