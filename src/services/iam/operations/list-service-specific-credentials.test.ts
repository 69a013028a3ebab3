import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { noSuch, openIam } from "../iam.fixture.ts";

const codecommit = "codecommit.amazonaws.com";

test("ListServiceSpecificCredentials shows a user's credentials by service, without passwords", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  assert.deepEqual((await iam.listServiceSpecificCredentials(user)).ServiceSpecificCredentials, []);
  for (const ServiceName of [codecommit, "cassandra.amazonaws.com"]) {
    await iam.createServiceSpecificCredential({ ...user, ServiceName });
  }
  const all = await iam.listServiceSpecificCredentials(user);
  assert.equal(all.ServiceSpecificCredentials?.length, 2);
  const { ServiceSpecificCredentials: some = [] } = await iam.listServiceSpecificCredentials({
    ...user,
    ServiceName: codecommit,
  });
  const [{ ServiceSpecificCredentialId, ...shown } = {}] = some;
  assert.deepEqual(shown, {
    ...{ UserName: "bob", ServiceName: codecommit, ServiceUserName: `bob-at-${testAccount}` },
    ...{ Status: "Active", CreateDate: clock.now() },
  });
  const first = await iam.listServiceSpecificCredentials({ ...user, MaxItems: 1 });
  const second = await iam.listServiceSpecificCredentials({ ...user, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([first.IsTruncated, second.IsTruncated], [true, undefined]);
  const none = { ...user, ServiceName: "none.amazonaws.com" };
  await assert.rejects(iam.listServiceSpecificCredentials(none), { name: "NoSuchEntityException" });
  await assert.rejects(iam.listServiceSpecificCredentials({ UserName: "none" }), noSuch("user", "none"));
  await assert.rejects(iam.listServiceSpecificCredentials({ ...user, Marker: "no marker" }), {
    name: "ValidationError",
  });
});

test("ListServiceSpecificCredentials shows those of all users of a service page by page", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const UserName of ["bob", "eve"]) {
    await iam.createUser({ UserName });
    await iam.createServiceSpecificCredential({ UserName, ServiceName: codecommit });
  }
  await iam.createServiceSpecificCredential({ UserName: "bob", ServiceName: "cassandra.amazonaws.com" });
  const all = { AllUsers: true, ServiceName: codecommit };
  const first = await iam.listServiceSpecificCredentials({ ...all, MaxItems: 1 });
  const second = await iam.listServiceSpecificCredentials({ ...all, MaxItems: 1, Marker: first.Marker });
  const shown = [...(first.ServiceSpecificCredentials ?? []), ...(second.ServiceSpecificCredentials ?? [])];
  assert.deepEqual(shown.map(({ UserName }) => UserName).toSorted(), ["bob", "eve"]);
  assert.equal(second.IsTruncated, undefined);
  for (const input of [{ ...all, UserName: "bob" }, { AllUsers: true }]) {
    await assert.rejects(iam.listServiceSpecificCredentials(input), { name: "ValidationError" });
  }
});
