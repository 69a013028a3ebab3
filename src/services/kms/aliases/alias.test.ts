import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

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

const prefix =
  'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html';
const refusals: [string, string, string][] = [
  ["app", "ValidationException", prefix],
  ["alias/", "ValidationException", prefix],
  ["alias/a:b", "ValidationException", "alias/a:b contains invalid characters for an alias"],
  ["alias/aws/ssm", "NotAuthorizedException", ""],
  ["alias/aws/mine", "NotAuthorizedException", ""],
];

for (const [AliasName, name, message] of refusals) {
  test(`CreateAlias and UpdateAlias refuse the name ${AliasName}`, async () => {
    await using opened = await openKms();
    const TargetKeyId = (await opened.create()).id;
    for (const Command of [CreateAliasCommand, UpdateAliasCommand]) {
      await assert.rejects(opened.kms.send(new Command({ AliasName, TargetKeyId })), (error: Error) => {
        assert.equal(error.name, name);
        // The SDK puts its own text in place of an empty message.
        if (message !== "") assert.equal(error.message, message);
        return true;
      });
    }
  });
}
