import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "../iam.fixture.ts";

test("ResetServiceSpecificCredential shows a new password of the same credential", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential({
    ...user,
    ServiceName: "codecommit.amazonaws.com",
  });
  const credential = { ...user, ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId };
  const { ServiceSpecificCredential: reset } = await iam.resetServiceSpecificCredential(credential);
  const { ServicePassword: before, ...rest } = made ?? {};
  const { ServicePassword: after, ...same } = reset ?? {};
  assert.deepEqual(same, rest);
  assert.match(after ?? "", /^.{59}=$/);
  assert.notEqual(after, before);
  const none = "ACCAAAAAAAAAAAAAAAAAA";
  await assert.rejects(
    iam.resetServiceSpecificCredential({ ...user, ServiceSpecificCredentialId: none }),
    refusal("NoSuchEntity", 404, `No such credential ${none} exists`),
  );
});
