import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { allow, document, noSuch, openIam, principalOf, refusal } from "../iam.fixture.ts";

const user = { UserName: "bob" };
const codecommit = { ...user, ServiceName: "codecommit.amazonaws.com" };
const bedrock = { ...user, ServiceName: "bedrock.amazonaws.com" };

test("CreateServiceSpecificCredential makes two credentials a service, whose passwords are shown and not kept", async () => {
  await using context = await openIam();
  const { iam, clock, database } = context;
  await iam.createUser(user);
  const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential(codecommit);
  const { ServiceSpecificCredentialId: id, ServicePassword: password, ...shown } = made ?? {};
  assert.match(id ?? "", /^ACCA[A-Z2-7]{17}$/);
  assert.match(password ?? "", /^[A-Za-z0-9+/]{59}=$/);
  const first = `bob-at-${testAccount}`;
  assert.deepEqual(shown, { ...codecommit, ServiceUserName: first, Status: "Active", CreateDate: clock.now() });
  const { ServiceSpecificCredential: second } = await iam.createServiceSpecificCredential(codecommit);
  assert.equal(second?.ServiceUserName, `bob+1-at-${testAccount}`);
  await assert.rejects(iam.createServiceSpecificCredential(codecommit), { name: "LimitExceededException" });
  await iam.createServiceSpecificCredential({ ...user, ServiceName: "cassandra.amazonaws.com" });
  await iam.deleteServiceSpecificCredential({ ...user, ServiceSpecificCredentialId: id });
  const { ServiceSpecificCredential: again } = await iam.createServiceSpecificCredential(codecommit);
  assert.equal(again?.ServiceUserName, first);
  const rows = JSON.stringify(await database.db.selectFrom("iam_service_credentials").selectAll().execute());
  assert.ok(!rows.includes(again?.ServicePassword ?? ""));
});

test("CreateServiceSpecificCredential makes API keys that may expire", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  await iam.createUser(user);
  const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential({
    ...bedrock,
    CredentialAgeDays: 2,
  });
  const { ServiceSpecificCredentialId: id, ServiceCredentialSecret: secret, ...shown } = made ?? {};
  const alias = `bob-at-${testAccount}`;
  assert.deepEqual(shown, {
    ...{ ...bedrock, ServiceCredentialAlias: alias, Status: "Active", CreateDate: clock.now() },
    ExpirationDate: new Date(clock.now().getTime() + 2 * 86_400_000),
  });
  assert.match(secret ?? "", /^ABSK/);
  assert.match(Buffer.from(secret?.slice(4) ?? "", "base64").toString(), new RegExp(`^${alias}:.{60}$`));
  const status = async () => (await iam.listServiceSpecificCredentials(user)).ServiceSpecificCredentials?.[0]?.Status;
  clock.advance(2 * 86_400_000 - 1);
  assert.equal(await status(), "Active");
  clock.advance(1);
  assert.equal(await status(), "Expired");
  const { ServiceSpecificCredential: logs } = await iam.createServiceSpecificCredential({
    ...user,
    ServiceName: "logs.amazonaws.com",
  });
  assert.deepEqual([logs?.ServiceCredentialAlias, logs?.ExpirationDate], [alias, undefined]);
});

test("CreateServiceSpecificCredential refuses other services, other users and ages that do not count", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser(user);
  const ServiceName = "none.amazonaws.com";
  await assert.rejects(
    iam.createServiceSpecificCredential({ ...user, ServiceName }),
    refusal("NoSuchEntity", 404, `No such service ${ServiceName} is supported for Service Specific Credentials`),
  );
  await assert.rejects(
    iam.createServiceSpecificCredential({ ...codecommit, UserName: "none" }),
    noSuch("user", "none"),
  );
  const aged = { ...codecommit, CredentialAgeDays: 1 };
  await assert.rejects(iam.createServiceSpecificCredential(aged), { name: "ValidationError" });
});

test("CreateServiceSpecificCredential is decided by service and age", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  const { User } = await iam.createUser(user);
  const Condition = {
    StringEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" },
    NumericLessThanEquals: { "iam:ServiceSpecificCredentialAgeDays": "30" },
  };
  const PolicyDocument = document(allow("iam:CreateServiceSpecificCredential", { Condition }));
  await iam.putUserPolicy({ ...user, PolicyName: "p", PolicyDocument });
  caller.principal = principalOf(User);
  await iam.createServiceSpecificCredential({ ...bedrock, CredentialAgeDays: 30 });
  for (const input of [{ ...bedrock, CredentialAgeDays: 31 }, bedrock, codecommit]) {
    await assert.rejects(iam.createServiceSpecificCredential(input), { name: "AccessDenied" });
  }
});
