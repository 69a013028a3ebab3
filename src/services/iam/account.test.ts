import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Principal } from "../../model/call.ts";
import { iamService, iamStore } from "./index.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const allow = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const caller: { principal: Principal } = { principal: rootPrincipal };
    const clock = fakeClock();
    const options = { clock, principal: () => caller.principal };
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], options));
    return { iam, store, caller, clock, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`an account has one alias, which no other account has (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, caller } = context;
    assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, []);
    await iam.createAccountAlias({ AccountAlias: "first" });
    await iam.createAccountAlias({ AccountAlias: "second" });
    assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, ["second"]);
    await assert.rejects(iam.deleteAccountAlias({ AccountAlias: "first" }), { name: "NoSuchEntityException" });
    caller.principal = { ...rootPrincipal, account: "222222222222" };
    await assert.rejects(iam.createAccountAlias({ AccountAlias: "second" }), {
      name: "EntityAlreadyExistsException",
      message: "The account alias second already exists.",
    });
    await assert.rejects(iam.deleteAccountAlias({ AccountAlias: "second" }), { name: "NoSuchEntityException" });
    await assert.rejects(iam.createAccountAlias({ AccountAlias: "Not an alias" }), { name: "ValidationError" });
    caller.principal = rootPrincipal;
    await iam.deleteAccountAlias({ AccountAlias: "second" });
    assert.deepEqual((await iam.listAccountAliases({})).AccountAliases, []);
  });

  test(`GetAccountSummary counts what is there (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createUser({ UserName: "bob" });
    await iam.createGroup({ GroupName: "g" });
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    const { Policy } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: allow("ssm:*") });
    await iam.createPolicyVersion({ PolicyArn: Policy?.Arn, PolicyDocument: allow("kms:*") });
    await iam.createInstanceProfile({ InstanceProfileName: "i" });
    await iam.createOpenIDConnectProvider({ Url: "https://a.example" });
    const { SummaryMap: summary = {} } = await iam.getAccountSummary({});
    const counted = ["Users", "Groups", "Roles", "Policies", "PolicyVersionsInUse", "InstanceProfiles", "Providers"];
    assert.deepEqual(
      counted.map((name) => summary[name as sdk.SummaryKeyType]),
      [1, 1, 1, 1, 2, 1, 1],
    );
    assert.equal(summary.GlobalEndpointTokenVersion, 1);
    for (const version of [2, 1]) {
      await iam.setSecurityTokenServicePreferences({ GlobalEndpointTokenVersion: `v${version}Token` as "v1Token" });
      const { SummaryMap: changed } = await iam.getAccountSummary({});
      assert.equal(changed?.GlobalEndpointTokenVersion, version);
    }
    assert.deepEqual([summary.UsersQuota, summary.RolesQuota, summary.GroupsPerUserQuota], [5000, 1000, 10]);
  });

  test(`the credential report lists every user's credentials and is good for four hours (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store, clock } = context;
    await assert.rejects(iam.getCredentialReport({}), { name: "CredentialReportNotPresentException" });
    await iam.createUser({ UserName: "a,b", Path: "/x/" });
    await iam.createUser({ UserName: "bob" });
    await iam.createLoginProfile({ UserName: "bob", Password: "Abc1!efgh" });
    await iam.updateAccountPasswordPolicy({ MaxPasswordAge: 10 });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
    await iam.updateAccessKey({ UserName: "bob", AccessKeyId: key?.AccessKeyId, Status: "Inactive" });
    const used: Principal = { ...rootPrincipal, kind: "user", accessKeyId: key?.AccessKeyId ?? "" };
    store.uses.note(used, { usedAt: new Date("2026-02-03T04:05:06Z"), service: "ssm", region: "eu-west-1" });
    const started = await iam.generateCredentialReport({});
    assert.deepEqual(
      [started.State, started.Description],
      ["STARTED", "No report exists. Starting a new report generation task"],
    );
    assert.equal((await iam.generateCredentialReport({})).State, "COMPLETE");
    const report = await iam.getCredentialReport({});
    assert.equal(report.ReportFormat, "text/csv");
    const made = "2026-01-02T03:04:05+00:00";
    const noKey = "false,N/A,N/A,N/A,N/A";
    assert.deepEqual(
      Buffer.from(report.Content ?? [])
        .toString()
        .split("\n"),
      [
        "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
          "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date," +
          "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active," +
          "access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region," +
          "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated",
        `<root_account>,arn:aws:iam::${testAccount}:root,N/A,not_supported,no_information,not_supported,not_supported,false,` +
          `true,N/A,N/A,N/A,N/A,${noKey},false,N/A,false,N/A`,
        `"a,b","arn:aws:iam::${testAccount}:user/x/a,b",${made},false,N/A,N/A,N/A,false,${noKey},${noKey},false,N/A,false,N/A`,
        `bob,arn:aws:iam::${testAccount}:user/bob,${made},true,no_information,${made},2026-01-12T03:04:05+00:00,false,` +
          `false,${made},2026-02-03T04:05:06+00:00,eu-west-1,ssm,${noKey},false,N/A,false,N/A`,
      ],
    );
    clock.advance(4 * 60 * 60 * 1000);
    await assert.rejects(iam.getCredentialReport({}), { name: "CredentialReportExpiredException" });
    assert.equal((await iam.generateCredentialReport({})).State, "STARTED");
  });
}
