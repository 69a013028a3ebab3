import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { iamService, iamStore } from "../index.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const statement = (element: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...element }] });
const power = "arn:aws:iam::aws:policy/PowerUserAccess";

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() }));
    await iam.createUser({ UserName: "bob", PermissionsBoundary: power, Tags: [{ Key: "a", Value: "b" }] });
    await iam.createUser({ UserName: "eve" });
    await iam.createGroup({ GroupName: "ops" });
    await iam.addUserToGroup({ GroupName: "ops", UserName: "bob" });
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    await iam.createInstanceProfile({ InstanceProfileName: "i" });
    await iam.addRoleToInstanceProfile({ InstanceProfileName: "i", RoleName: "r" });
    const PolicyDocument = statement({ Action: ["kms:Decrypt", "SSM:Get*"] });
    const mine = (await iam.createPolicy({ PolicyName: "mine", PolicyDocument, Description: "d" })).Policy?.Arn ?? "";
    await iam.createPolicyVersion({ PolicyArn: mine, PolicyDocument: statement({ Action: "ssm:*" }) });
    await iam.attachGroupPolicy({ GroupName: "ops", PolicyArn: mine });
    await iam.attachRolePolicy({ RoleName: "r", PolicyArn: power });
    await iam.putGroupPolicy({ GroupName: "ops", PolicyName: "in", PolicyDocument: statement({ Action: "ecs:*" }) });
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "in", PolicyDocument: statement({ Action: "*" }) });
    return { iam, mine, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`GetAccountAuthorizationDetails shows who may do what (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, mine } = context;
    const details = await iam.getAccountAuthorizationDetails({});
    const [bob, eve] = details.UserDetailList ?? [];
    assert.deepEqual(
      [bob?.UserName, bob?.GroupList, bob?.Tags, bob?.PermissionsBoundary?.PermissionsBoundaryArn],
      ["bob", ["ops"], [{ Key: "a", Value: "b" }], power],
    );
    assert.equal(decodeURIComponent(bob?.UserPolicyList?.[0]?.PolicyDocument ?? ""), statement({ Action: "*" }));
    assert.deepEqual([eve?.UserName, eve?.GroupList, eve?.UserPolicyList], ["eve", [], []]);
    const [group] = details.GroupDetailList ?? [];
    assert.deepEqual(group?.AttachedManagedPolicies, [{ PolicyName: "mine", PolicyArn: mine }]);
    assert.equal(group?.GroupPolicyList?.[0]?.PolicyName, "in");
    const [role] = details.RoleDetailList ?? [];
    assert.equal(role?.InstanceProfileList?.[0]?.InstanceProfileName, "i");
    assert.deepEqual(role?.RoleLastUsed, {});
    assert.equal(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""), trust);
    const [own, aws] = details.Policies ?? [];
    assert.deepEqual(
      own?.PolicyVersionList?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
      [
        ["v2", false],
        ["v1", true],
      ],
    );
    assert.deepEqual([own?.Arn, own?.AttachmentCount, own?.Description], [mine, 1, "d"]);
    assert.deepEqual([aws?.Arn, aws?.AttachmentCount, aws?.PermissionsBoundaryUsageCount], [power, 1, 1]);
    assert.equal(details.Policies?.length, 2);
  });

  test(`GetAccountAuthorizationDetails filters, and pages through all kinds (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const names: (string | undefined)[] = [];
    const config = { client: iam, pageSize: 1 };
    for await (const page of sdk.paginateGetAccountAuthorizationDetails(config, {})) {
      names.push(...(page.UserDetailList ?? []).map(({ UserName }) => UserName));
      names.push(...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName));
      names.push(...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName));
      names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
    }
    assert.deepEqual(names, ["bob", "eve", "ops", "r", "mine", "PowerUserAccess"]);
    const some = await iam.getAccountAuthorizationDetails({ Filter: ["Group", "AWSManagedPolicy"] });
    assert.deepEqual(
      [some.UserDetailList?.length, some.GroupDetailList?.length, some.RoleDetailList?.length, some.Policies?.length],
      [0, 1, 0, 1],
    );
  });

  test(`ListPoliciesGrantingServiceAccess looks into the policies of a user and of its groups (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, mine } = context;
    const asked = async (name: string, ...ServiceNamespaces: string[]) => {
      const Arn = `arn:aws:iam::${testAccount}:${name}`;
      const { PoliciesGrantingServiceAccess: found } = await iam.listPoliciesGrantingServiceAccess({
        Arn,
        ServiceNamespaces,
      });
      return found;
    };
    const managed = { PolicyName: "mine", PolicyType: "MANAGED", PolicyArn: mine };
    const inline = (EntityType: string, EntityName: string) => ({
      PolicyName: "in",
      PolicyType: "INLINE",
      EntityType,
      EntityName,
    });
    assert.deepEqual(await asked("user/bob", "ssm", "ecs", "s3"), [
      { ServiceNamespace: "ssm", Policies: [managed, inline("USER", "bob")] },
      { ServiceNamespace: "ecs", Policies: [inline("USER", "bob"), inline("GROUP", "ops")] },
      { ServiceNamespace: "s3", Policies: [inline("USER", "bob")] },
    ]);
    assert.deepEqual(await asked("group/ops", "ssm"), [{ ServiceNamespace: "ssm", Policies: [managed] }]);
    // PowerUserAccess has a NotAction, and some actions of IAM.
    const [s3, organizations] = (await asked("role/r", "s3", "organizations")) ?? [];
    assert.deepEqual([s3?.Policies?.length, organizations?.Policies?.length], [1, 1]);
    await assert.rejects(asked("user/none", "ssm"), { name: "NoSuchEntityException" });
    await assert.rejects(asked("policy/mine", "ssm"), { name: "InvalidInputException" });
  });

  test(`what there is none of is listed as empty, for users that are there (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const bob = { UserName: "bob" };
    assert.deepEqual((await iam.listMFADevices(bob)).MFADevices, []);
    assert.deepEqual((await iam.listMFADevices({})).MFADevices, []);
    assert.deepEqual((await iam.listSSHPublicKeys(bob)).SSHPublicKeys, []);
    assert.deepEqual((await iam.listSigningCertificates(bob)).Certificates, []);
    assert.deepEqual((await iam.listServiceSpecificCredentials(bob)).ServiceSpecificCredentials, []);
    assert.deepEqual((await iam.listVirtualMFADevices({})).VirtualMFADevices, []);
    assert.deepEqual((await iam.listServerCertificates({})).ServerCertificateMetadataList, []);
    await assert.rejects(iam.listMFADevices({ UserName: "none" }), { name: "NoSuchEntityException" });
    await assert.rejects(iam.listSSHPublicKeys({ ...bob, Marker: "no marker" }), { name: "ValidationError" });
  });
}
