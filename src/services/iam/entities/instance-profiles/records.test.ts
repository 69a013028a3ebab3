import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../../test/support/in-process.ts";
import { fakeClock } from "../../../../clock.ts";
import { randomIds } from "../../../../ids.ts";
import { keyring } from "../../../../keyring/keyring.ts";
import { iamService, iamStore } from "../../index.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() }));
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    return { iam, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`an instance profile holds one role, which cannot be deleted meanwhile (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const InstanceProfileName = "ecsInstanceRole";
    const created = await iam.createInstanceProfile({ InstanceProfileName, Path: "/x/" });
    assert.match(created.InstanceProfile?.InstanceProfileId ?? "", /^AIPA[A-Z2-7]{17}$/);
    assert.equal(created.InstanceProfile?.Arn, `arn:aws:iam::${testAccount}:instance-profile/x/ecsInstanceRole`);
    assert.deepEqual(created.InstanceProfile?.Roles, []);
    await assert.rejects(iam.createInstanceProfile({ InstanceProfileName: "ECSinstancerole" }), {
      name: "EntityAlreadyExistsException",
      message: "Instance Profile ECSinstancerole already exists.",
    });
    const names = { InstanceProfileName, RoleName: "r" };
    await assert.rejects(iam.removeRoleFromInstanceProfile(names), {
      name: "NoSuchEntityException",
      message: "The role with name r cannot be found.",
    });
    await iam.addRoleToInstanceProfile(names);
    await assert.rejects(iam.addRoleToInstanceProfile(names), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
    });
    const { InstanceProfile: shown } = await iam.getInstanceProfile({ InstanceProfileName });
    assert.deepEqual(
      shown?.Roles?.map(({ RoleName }) => RoleName),
      ["r"],
    );
    const conflict = {
      name: "DeleteConflictException",
      message: "Cannot delete entity, must remove roles from instance profile first.",
    };
    await assert.rejects(iam.deleteRole({ RoleName: "r" }), conflict);
    await assert.rejects(iam.deleteInstanceProfile({ InstanceProfileName }), conflict);
    await iam.removeRoleFromInstanceProfile(names);
    await iam.deleteRole({ RoleName: "r" });
    await iam.deleteInstanceProfile({ InstanceProfileName });
    await assert.rejects(iam.getInstanceProfile({ InstanceProfileName }), {
      name: "NoSuchEntityException",
      message: "Instance Profile ecsInstanceRole cannot be found.",
    });
  });

  test(`instance profiles are listed page by page, by path and by role, and tagged (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    for (const InstanceProfileName of ["c", "A", "b"]) await iam.createInstanceProfile({ InstanceProfileName });
    await iam.createInstanceProfile({ InstanceProfileName: "d", Path: "/x/" });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: "b", RoleName: "r" });
    const names = async (input: sdk.ListInstanceProfilesCommandInput) => {
      const found: (string | undefined)[] = [];
      for await (const page of sdk.paginateListInstanceProfiles({ client: iam, pageSize: 1 }, input)) {
        found.push(...(page.InstanceProfiles ?? []).map((profile) => profile.InstanceProfileName));
      }
      return found;
    };
    assert.deepEqual(await names({}), ["A", "b", "c", "d"]);
    assert.deepEqual(await names({ PathPrefix: "/x/" }), ["d"]);
    const { InstanceProfiles: ofRole } = await iam.listInstanceProfilesForRole({ RoleName: "r" });
    assert.deepEqual(
      ofRole?.map((profile) => [profile.InstanceProfileName, profile.Roles?.length]),
      [["b", 1]],
    );
    await iam.tagInstanceProfile({ InstanceProfileName: "b", Tags: [{ Key: "k", Value: "v" }] });
    assert.deepEqual((await iam.listInstanceProfileTags({ InstanceProfileName: "b" })).Tags, [
      { Key: "k", Value: "v" },
    ]);
    await iam.untagInstanceProfile({ InstanceProfileName: "b", TagKeys: ["k"] });
    assert.deepEqual((await iam.getInstanceProfile({ InstanceProfileName: "b" })).InstanceProfile?.Tags, []);
  });

  test(`TagPolicy, UntagPolicy and a user's permissions boundary (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }],
    });
    const PolicyArn = (await iam.createPolicy({ PolicyName: "p", PolicyDocument })).Policy?.Arn ?? "";
    await iam.tagPolicy({
      PolicyArn,
      Tags: [
        { Key: "k", Value: "v" },
        { Key: "l", Value: "w" },
      ],
    });
    const twice = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
    await assert.rejects(iam.tagPolicy({ PolicyArn, Tags: twice }), {
      name: "InvalidInputException",
      message: "Duplicate tag keys found.",
    });
    await iam.tagPolicy({ PolicyArn, Tags: [{ Key: "K", Value: "other" }] });
    await iam.untagPolicy({ PolicyArn, TagKeys: ["k"] });
    assert.deepEqual((await iam.listPolicyTags({ PolicyArn })).Tags, [
      { Key: "l", Value: "w" },
      { Key: "K", Value: "other" },
    ]);
    await iam.untagPolicy({ PolicyArn, TagKeys: ["K"] });
    assert.deepEqual((await iam.listPolicyTags({ PolicyArn })).Tags, [{ Key: "l", Value: "w" }]);
    assert.deepEqual((await iam.getPolicy({ PolicyArn })).Policy?.Tags, [{ Key: "l", Value: "w" }]);
    await iam.createUser({ UserName: "bob" });
    await iam.putUserPermissionsBoundary({ UserName: "bob", PermissionsBoundary: PolicyArn });
    assert.deepEqual((await iam.getUser({ UserName: "bob" })).User?.PermissionsBoundary, {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: PolicyArn,
    });
    await iam.deleteUserPermissionsBoundary({ UserName: "bob" });
    assert.equal((await iam.getUser({ UserName: "bob" })).User?.PermissionsBoundary, undefined);
    await assert.rejects(iam.deleteUserPermissionsBoundary({ UserName: "eve" }), { name: "NoSuchEntityException" });
  });
}
