import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { type SessionPrincipal, sessions } from "../index.ts";

const issuedAt = new Date("2026-01-02T03:04:05.678Z");
const made = sessions({ keyring: keyring(Buffer.alloc(32, 1)), ids: randomIds });
const plain: SessionPrincipal = {
  kind: "assumed-role",
  arn: "arn:aws:sts::111122223333:assumed-role/r/s",
  account: "111122223333",
  userId: "AROAX:s",
  roleArn: "arn:aws:iam::111122223333:role/r",
};
const laden = {
  ...plain,
  sessionPolicies: ["x".repeat(2048)],
  tags: { ключ: "значение" },
  transitiveTagKeys: ["ключ"],
};

for (const [name, principal] of Object.entries({ plain, laden })) {
  test(`a session token holds a ${name} session and opens under the same root key only`, () => {
    const credentials = made.mint(principal, issuedAt, 900);
    const { accessKeyId, secretAccessKey } = credentials;
    const expiresAt = new Date("2026-01-02T03:19:05.000Z");
    const another = sessions({ keyring: keyring(Buffer.alloc(32, 1)), ids: randomIds });
    for (const reader of [made, another, made]) {
      assert.deepEqual(reader.open(credentials.sessionToken), {
        principal: { ...principal, accessKeyId, sessionIssuedAt: issuedAt, sessionExpiresAt: expiresAt },
        secretAccessKey,
        expiresAt,
      });
    }
    assert.ok(credentials.sessionToken.length < 4096);
    const stranger = sessions({ keyring: keyring(Buffer.alloc(32, 2)), ids: randomIds });
    assert.equal(stranger.open(credentials.sessionToken), undefined);
  });
}

test("a session token does not show what it holds, and no bit of it can be changed", () => {
  const { sessionToken, secretAccessKey } = made.mint(plain, issuedAt, 900);
  const bytes = Buffer.from(sessionToken, "base64");
  for (const text of [secretAccessKey, "assumed-role"]) assert.ok(!bytes.includes(text));
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    assert.equal(made.open(changed.toString("base64")), undefined, `byte ${index}`);
  }
});
