import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "../iam.fixture.ts";

test("UpdateServiceSpecificCredential switches a credential off and on, and refuses another user's", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const user = { UserName: "bob" };
  const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential({
    ...user,
    ServiceName: "codecommit.amazonaws.com",
  });
  const { ServiceSpecificCredentialId } = made ?? {};
  for (const Status of ["Inactive", "Active"] as const) {
    await iam.updateServiceSpecificCredential({ ...user, ServiceSpecificCredentialId, Status });
    const { ServiceSpecificCredentials: [shown] = [] } = await iam.listServiceSpecificCredentials(user);
    assert.equal(shown?.Status, Status);
  }
  await assert.rejects(
    iam.updateServiceSpecificCredential({ UserName: "eve", ServiceSpecificCredentialId, Status: "Inactive" }),
    refusal("NoSuchEntity", 404, `No such credential ${ServiceSpecificCredentialId} exists`),
  );
});
