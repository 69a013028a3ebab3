import assert from "node:assert/strict";
import { test } from "node:test";
import { STS } from "@aws-sdk/client-sts";
import { inProcess, rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { openSqlite } from "../../../storage/sqlite.ts";
import { authorizer, decodeAuthorizationMessage, encodeAuthorizationMessage, iamStore } from "../../iam/index.ts";
import { sessions, stsService } from "../index.ts";

const clock = fakeClock();
const keys = keyring(Buffer.alloc(32, 1));
const gone = {
  ...rootPrincipal,
  kind: "user",
  arn: `arn:aws:iam::${testAccount}:user/gone`,
  userId: "AIDAGONE",
} as const;

test("DecodeAuthorizationMessage reads what the header of a denial holds", async () => {
  await using database = await openSqlite(":memory:");
  const iam = iamStore(database, keys);
  const service = stsService({
    ...{ iam, sessions: sessions({ keyring: keys, ids: randomIds }) },
    decodeAuthorizationMessage: (message, account) => decodeAuthorizationMessage(keys, message, account),
  });
  let principal: typeof gone | typeof rootPrincipal = gone;
  const options = { clock, principal: () => principal, authorize: authorizer({ store: iam }) };

  const client = new STS(
    inProcess([service], { ...options, encodeDenial: (...denied) => encodeAuthorizationMessage(keys, ...denied) }),
  );
  const denied = await client.getAccessKeyInfo({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }).catch((error) => error);
  assert.equal(denied.name, "AccessDenied");
  const message = denied.$response.headers["x-sealift-authorization-message"];
  await assert.rejects(client.decodeAuthorizationMessage({ EncodedMessage: message }), { name: "AccessDenied" });

  principal = rootPrincipal;
  const { DecodedMessage: decoded } = await client.decodeAuthorizationMessage({ EncodedMessage: message });
  const { allowed, context } = JSON.parse(decoded!);
  assert.equal(allowed, false);
  assert.equal(context.action, "sts:GetAccessKeyInfo");
  assert.deepEqual(context.principal, { id: "AIDAGONE", arn: gone.arn });
  for (const EncodedMessage of ["x", `${message}A`, "not base64url!"]) {
    await assert.rejects(client.decodeAuthorizationMessage({ EncodedMessage }), {
      name: "InvalidAuthorizationMessageException",
    });
  }
  const fine = await client.getCallerIdentity();
  assert.equal(fine.Account, testAccount);
});
