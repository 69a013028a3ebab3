import assert from "node:assert/strict";
import { test } from "node:test";
import { paginateListAccounts } from "@aws-sdk/client-organizations";
import { databases } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { served } from "../../../test/support/served.ts";
import { makeRootKey } from "./index.ts";

const staging = {
  AccountName: "staging",
  Email: "staging@example.com",
  Tags: [
    { Key: "sealift:account-id", Value: "444455556666" },
    { Key: "team", Value: "a" },
  ],
};

for (const kind of databases()) {
  async function setUp() {
    const context = await served(await kind.open());
    const { organizations, iam } = context.as();
    return { context, organizations, iam };
  }

  test(`CreateAccount makes an account that the first account's users reach by its role (${kind.name})`, async () => {
    const { context, organizations, iam } = await setUp();
    await using _ = context;
    const { CreateAccountStatus: status } = await organizations.createAccount(staging);
    assert.equal(status?.State, "SUCCEEDED");
    assert.equal(status?.AccountId, "444455556666");
    assert.match(status?.Id ?? "", /^car-[0-9a-f]{32}$/);
    const asked = await organizations.describeCreateAccountStatus({ CreateAccountRequestId: status?.Id });
    assert.deepEqual(asked.CreateAccountStatus, status);

    await iam.createUser({ UserName: "ann" });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "ann" });
    const Statement = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const ann = context.as({ accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! });
    const RoleArn = "arn:aws:iam::444455556666:role/OrganizationAccountAccessRole";
    await assert.rejects(ann.sts.assumeRole({ RoleArn, RoleSessionName: "ann" }), { name: "AccessDenied" });
    await iam.putUserPolicy({ UserName: "ann", PolicyName: "p", PolicyDocument });
    const { Credentials: given } = await ann.sts.assumeRole({ RoleArn, RoleSessionName: "ann" });
    const inside = context.as({
      accessKeyId: given!.AccessKeyId!,
      secretAccessKey: given!.SecretAccessKey!,
      sessionToken: given!.SessionToken!,
    });
    assert.equal((await inside.sts.getCallerIdentity({})).Account, "444455556666");
    await inside.ssm.putParameter({ Name: "p", Type: "String", Value: "theirs" });
    await assert.rejects(context.as().ssm.getParameter({ Name: "p" }), { name: "ParameterNotFound" });
    const { clusters } = await inside.ecs.describeClusters({});
    assert.equal(clusters?.[0]?.clusterArn, "arn:aws:ecs:us-east-1:444455556666:cluster/default");
  });

  test(`CreateAccount names its role and gives a random id (${kind.name})`, async () => {
    const { context, organizations } = await setUp();
    await using _ = context;
    const input = { AccountName: "b", Email: "b@example.com", RoleName: "Admin" };
    const { CreateAccountStatus: status } = await organizations.createAccount(input);
    assert.match(status?.AccountId ?? "", /^[1-9]\d{11}$/);
    const role = await context.plane.iam.roles.find(status!.AccountId!, "Admin");
    assert.match(role?.trustPolicy ?? "", new RegExp(`arn:aws:iam::${testAccount}:root`));
  });

  test(`CreateAccount fails for what another account has, and makes nothing (${kind.name})`, async () => {
    const { context, organizations } = await setUp();
    await using _ = context;
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
    assert.equal(await context.plane.iam.roles.find("444455556666", "Second"), undefined);
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
    const { context, organizations } = await setUp();
    await using _ = context;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        organizations.createAccount({ ...staging, Email: `staging${index}@example.com` }),
      ),
    );
    const made = answers.filter((answer) => answer.CreateAccountStatus?.State === "SUCCEEDED");
    assert.equal(made.length, 1);
  });

  test(`ListAccounts gives every account on pages of any size, the first account first (${kind.name})`, async () => {
    const { context, organizations } = await setUp();
    await using _ = context;
    for (let index = 0; index < 5; index++) {
      await organizations.createAccount({ AccountName: `a${index}`, Email: `a${index}@example.com` });
    }
    const whole = (await organizations.listAccounts({})).Accounts!;
    assert.equal(whole.length, 6);
    assert.equal(whole[0]?.Id, testAccount);
    for (const pageSize of [1, 2, 5, 6]) {
      const found = [];
      for await (const page of paginateListAccounts({ client: organizations, pageSize }, {})) {
        found.push(...page.Accounts!);
      }
      assert.deepEqual(found, whole);
    }
    for (const NextToken of ["x", "", Buffer.from("after 1").toString("base64url")]) {
      await assert.rejects(organizations.listAccounts({ NextToken }), { Reason: "INVALID_NEXT_TOKEN" });
    }
  });

  test(`DescribeAccount, ListParents, ListRoots and ListTagsForResource agree (${kind.name})`, async () => {
    const { context, organizations } = await setUp();
    await using _ = context;
    await organizations.createAccount(staging);
    const { Organization: organization } = await organizations.describeOrganization({});
    const { Account: account } = await organizations.describeAccount({ AccountId: "444455556666" });
    const { Roots: roots } = await organizations.listRoots({});
    const { Parents: parents } = await organizations.listParents({ ChildId: "444455556666" });
    assert.deepEqual(parents, [{ Id: roots?.[0]?.Id, Type: "ROOT" }]);
    assert.equal(account?.Arn, `arn:aws:organizations::${testAccount}:account/${organization?.Id}/444455556666`);
    assert.deepEqual(account?.Paths, [`${organization?.Id}/${roots?.[0]?.Id}/444455556666/`]);
    assert.deepEqual([account?.Name, account?.Email, account?.Status], ["staging", "staging@example.com", "ACTIVE"]);
    assert.deepEqual((await organizations.listTagsForResource({ ResourceId: "444455556666" })).Tags, staging.Tags);
    const nobody = "999999999999";
    await assert.rejects(organizations.describeAccount({ AccountId: nobody }), {
      name: "AccountNotFoundException",
      message: "You specified an account that doesn't exist.",
    });
    await assert.rejects(organizations.listParents({ ChildId: nobody }), { name: "ChildNotFoundException" });
    await assert.rejects(organizations.listTagsForResource({ ResourceId: nobody }), {
      name: "TargetNotFoundException",
    });
    await assert.rejects(
      organizations.describeCreateAccountStatus({ CreateAccountRequestId: `car-${"0".repeat(32)}` }),
      {
        name: "CreateAccountStatusNotFoundException",
      },
    );
  });

  test(`another account's root user may only ask which organization it belongs to (${kind.name})`, async () => {
    const { context, organizations } = await setUp();
    await using _ = context;
    await organizations.createAccount(staging);
    const key = await makeRootKey(context.plane.organizations, "444455556666");
    const member = context.as(key!);
    assert.equal((await member.sts.getCallerIdentity({})).Arn, "arn:aws:iam::444455556666:root");
    assert.equal((await member.organizations.describeOrganization({})).Organization?.MasterAccountId, testAccount);
    const denied = { name: "AccessDeniedException", message: "You don't have permissions to access this resource." };
    await assert.rejects(member.organizations.listAccounts({}), denied);
    await assert.rejects(member.organizations.createAccount(staging), denied);
    await assert.rejects(member.organizations.describeAccount({ AccountId: testAccount }), denied);
  });
}
