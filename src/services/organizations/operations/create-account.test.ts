import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openOrganizations, staging, stagingId } from "../organizations.fixture.ts";

for (const kind of databases()) {
  test(`CreateAccount makes an account that the first account's users reach by its role (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations, iam } = context;
    const { CreateAccountStatus: status } = await organizations.createAccount(staging);
    assert.equal(status?.State, "SUCCEEDED");
    assert.equal(status?.AccountId, stagingId);
    assert.match(status?.Id ?? "", /^car-[0-9a-f]{32}$/);

    await iam.createUser({ UserName: "ann" });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "ann" });
    const Statement = { Effect: "Allow", Action: "sts:AssumeRole", Resource: `arn:aws:iam::${stagingId}:role/*` };
    const ann = context.as({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! });
    const RoleArn = `arn:aws:iam::${stagingId}:role/OrganizationAccountAccessRole`;
    await assert.rejects(ann.sts.assumeRole({ RoleArn, RoleSessionName: "ann" }), { name: "AccessDenied" });
    await iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument: policy(Statement) });
    const inside = context.as(credentialsIn(await ann.sts.assumeRole({ RoleArn, RoleSessionName: "ann" })));
    assert.equal((await inside.sts.getCallerIdentity({})).Account, stagingId);
    await inside.ssm.putParameter({ Name: "p", Type: "String", Value: "theirs" });
    await assert.rejects(context.ssm.getParameter({ Name: "p" }), { name: "ParameterNotFound" });
    const { clusters } = await inside.ecs.describeClusters({});
    assert.equal(clusters?.[0]?.clusterArn, `arn:aws:ecs:us-east-1:${stagingId}:cluster/default`);
  });

  test(`CreateAccount names its role and gives a random id (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const input = { AccountName: "b", Email: "b@example.com", RoleName: "Admin" };
    const { CreateAccountStatus: status } = await context.organizations.createAccount(input);
    assert.match(status?.AccountId ?? "", /^[1-9]\d{11}$/);
    const role = await context.plane.iam.roles.find(status!.AccountId!, "Admin");
    assert.match(role?.trustPolicy ?? "", new RegExp(`arn:aws:iam::${testAccount}:root`));
  });

  test(`CreateAccount fails for what another account has, and makes nothing (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const { organizations } = context;
    await organizations.createAccount(staging);
    for (const [input, reason] of [
      [{ ...staging, Tags: [], Email: "Staging@example.com" }, "EMAIL_ALREADY_EXISTS"],
      [{ ...staging, Email: "other@example.com" }, "CONCURRENT_ACCOUNT_MODIFICATION"],
    ] satisfies [object, string][]) {
      const { CreateAccountStatus: status } = await organizations.createAccount({ ...input, RoleName: "Second" });
      assert.deepEqual([status?.State, status?.FailureReason, status?.AccountId], ["FAILED", reason, undefined]);
      const asked = await organizations.describeCreateAccountStatus({ CreateAccountRequestId: status?.Id });
      assert.equal(asked.CreateAccountStatus?.FailureReason, reason);
    }
    assert.equal((await organizations.listAccounts({})).Accounts?.length, 2);
    assert.equal(await context.plane.iam.roles.find(stagingId, "Second"), undefined);
    const ids = [testAccount, "12", "44445555666x", ""];
    for (const Value of ids) {
      const Tags = [{ Key: "sealift:account-id", Value }];
      const request = organizations.createAccount({ AccountName: "c", Email: "c@example.com", Tags });
      await assert.rejects(request, { name: "InvalidInputException" }, Value);
    }
    const twice = [
      { Key: "a", Value: "1" },
      { Key: "A", Value: "2" },
    ];
    await assert.rejects(organizations.createAccount({ ...staging, Tags: twice }), { Reason: "DUPLICATE_TAG_KEY" });
  });

  test(`one of many that want the same id at once gets it (${kind.name})`, async () => {
    await using context = await openOrganizations(kind);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        context.organizations.createAccount({ ...staging, Email: `staging${index}@example.com` }),
      ),
    );
    const made = answers.filter((answer) => answer.CreateAccountStatus?.State === "SUCCEEDED");
    assert.equal(made.length, 1);
  });
}

test("CreateAccount with tags needs organizations:TagResource, too, under the tags' condition keys", async () => {
  await using context = await openOrganizations();
  const { iam } = context;
  await iam.createUser({ UserName: "ann" });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "ann" });
  const ann = context.as({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! });
  const allowAnn = (...statements: readonly object[]) =>
    iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument: policy(...statements) });
  const denied = (action: string) => ({
    name: "AccessDeniedException",
    message: new RegExp(`not authorized to perform: organizations:${action} `),
  });
  await assert.rejects(ann.organizations.createAccount(staging), denied("CreateAccount"));
  await allowAnn(allow(["organizations:CreateAccount"]));
  await assert.rejects(ann.organizations.createAccount(staging), denied("TagResource"));
  const Condition = { StringEquals: { "aws:RequestTag/team": "a" } };
  await allowAnn(allow(["organizations:CreateAccount"]), { ...allow(["organizations:TagResource"]), Condition });
  const other = [{ Key: "team", Value: "b" }];
  await assert.rejects(ann.organizations.createAccount({ ...staging, Tags: other }), denied("TagResource"));
  assert.equal((await ann.organizations.createAccount(staging)).CreateAccountStatus?.State, "SUCCEEDED");
});
