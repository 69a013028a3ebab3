import assert from "node:assert/strict";
import { test } from "node:test";
import { memberAccount } from "../../../../test/support/member-account.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openSts, stsArn, trusting } from "../sts.fixture.ts";

test("DecodeAuthorizationMessage reads what the header of a denial holds", async () => {
  await using context = await openSts();
  const { sts } = context.root;
  const bob = await context.user("bob");
  const denied = await bob.sts.getAccessKeyInfo({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }).catch((error) => error);
  assert.equal(denied.name, "AccessDenied");
  const message = denied.$response.headers["x-sealift-authorization-message"];
  await assert.rejects(bob.sts.decodeAuthorizationMessage({ EncodedMessage: message }), { name: "AccessDenied" });

  const { DecodedMessage: decoded } = await sts.decodeAuthorizationMessage({ EncodedMessage: message });
  const { allowed, context: request } = JSON.parse(decoded!);
  assert.equal(allowed, false);
  assert.equal(request.action, "sts:GetAccessKeyInfo");
  assert.deepEqual(request.principal, { id: bob.id, name: "bob", arn: bob.arn });
  for (const EncodedMessage of ["x", `${message}AAAA`, "not base64url!"]) {
    await assert.rejects(sts.decodeAuthorizationMessage({ EncodedMessage }), {
      name: "InvalidAuthorizationMessageException",
    });
  }
  const { credentials } = await memberAccount(context.root, "444455556666");
  const other = context.as(credentials).sts.decodeAuthorizationMessage({ EncodedMessage: message });
  await assert.rejects(other, { name: "InvalidAuthorizationMessageException" }, "another account's message");
});

test("DecodeAuthorizationMessage reads the denial of a session whose role was deleted", async () => {
  await using context = await openSts();
  const { iam, sts } = context.root;
  const bob = await context.user("bob");
  const role = await context.role("r", [trusting({ AWS: bob.arn })]);
  const assumed = await bob.sts.assumeRole({ RoleArn: role.arn, RoleSessionName: "session" });
  await iam.deleteRole({ RoleName: "r" });
  const gone = context.as(credentialsIn(assumed));
  const denied = await gone.sts.getAccessKeyInfo({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }).catch((error) => error);
  const EncodedMessage = denied.$response.headers["x-sealift-authorization-message"];
  const { DecodedMessage: decoded } = await sts.decodeAuthorizationMessage({ EncodedMessage });
  const { allowed, context: request } = JSON.parse(decoded!);
  assert.deepEqual([allowed, request.action], [false, "sts:GetAccessKeyInfo"]);
  assert.deepEqual(request.principal, {
    id: `${role.id}:session`,
    name: "session",
    arn: stsArn("assumed-role/r/session"),
  });
});
