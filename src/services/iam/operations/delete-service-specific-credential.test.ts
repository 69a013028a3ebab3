import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "../iam.fixture.ts";

test("DeleteServiceSpecificCredential deletes a credential once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential({
    ...user,
    ServiceName: "codecommit.amazonaws.com",
  });
  const credential = { ...user, ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId };
  await iam.deleteServiceSpecificCredential(credential);
  assert.deepEqual((await iam.listServiceSpecificCredentials(user)).ServiceSpecificCredentials, []);
  await assert.rejects(
    iam.deleteServiceSpecificCredential(credential),
    refusal("NoSuchEntity", 404, `No such credential ${credential.ServiceSpecificCredentialId} exists`),
  );
});
