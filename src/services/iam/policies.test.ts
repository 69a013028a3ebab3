import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { parsePolicy } from "../../policy/index.ts";
import { authorizer, iamService, iamStore } from "./index.ts";
import { findAwsManaged, listAwsManaged } from "./policies/aws-managed-policies.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const allow = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
const executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

test("AWS's managed policies are well formed and in the partition asked for", () => {
  const policies = listAwsManaged("aws-cn");
  assert.ok(policies.length > 1500);
  for (const { arn, name } of policies) {
    assert.match(arn, new RegExp(`^arn:aws-cn:iam::aws:policy/([\\w.-]+/)*${name.replaceAll("+", "\\+")}$`));
    const found = findAwsManaged(arn);
    assert.equal(found?.policy.arn, arn);
    assert.ok(parsePolicy(found?.version.document, "identity").statements.length > 0, name);
  }
  assert.equal(findAwsManaged(`arn:aws:iam::${testAccount}:policy/AdministratorAccess`), undefined);
});

for (const kind of databases()) {
  async function setUp() {
    const clock = fakeClock();
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const service = iamService({ store, ids: randomIds });
    const iam = new sdk.IAM(inProcess([service], { clock, authorize: authorizer({ store }) }));
    return { iam, clock, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`CreatePolicy and GetPolicy show the policy as AWS does (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const input = { PolicyName: "Read", Path: "/app/", Description: "reads", Tags: [{ Key: "a", Value: "b" }] };
    const created = await iam.createPolicy({ ...input, PolicyDocument: allow("ssm:Get*") });
    const arn = `arn:aws:iam::${testAccount}:policy/app/Read`;
    assert.match(created.Policy?.PolicyId ?? "", /^ANPA[A-Z2-7]{17}$/);
    assert.deepEqual([created.Policy?.Tags, created.Policy?.Description], [input.Tags, undefined]);
    const plain = (await iam.createPolicy({ PolicyName: "Plain", PolicyDocument: allow("ssm:Get*") })).Policy!;
    assert.equal(plain.Tags, undefined);
    assert.deepEqual((await iam.getPolicy({ PolicyArn: plain.Arn })).Policy?.Tags, []);
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust, PermissionsBoundary: arn });
    await iam.attachRolePolicy({ RoleName: "exec", PolicyArn: arn });
    const { Policy: policy } = await iam.getPolicy({ PolicyArn: arn });
    assert.deepEqual(policy, {
      ...input,
      PolicyId: created.Policy?.PolicyId,
      Arn: arn,
      DefaultVersionId: "v1",
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
      UpdateDate: new Date("2026-01-02T03:04:05.000Z"),
    });
    await assert.rejects(iam.createPolicy({ PolicyName: "READ", PolicyDocument: allow("ssm:Get*") }), {
      name: "EntityAlreadyExistsException",
      message: "A policy called READ already exists. Duplicate names are not allowed.",
    });
    await assert.rejects(iam.createPolicy({ PolicyName: "Long", PolicyDocument: allow(`ssm:${"x".repeat(6144)}`) }), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for PolicySize: 6144",
    });
    await assert.rejects(iam.createPolicy({ PolicyName: "Bad", PolicyDocument: "[]" }), {
      name: "MalformedPolicyDocumentException",
    });
    const PolicyDocument = allow("s3:*").replace('"*"', '"arn:aws:s3::bucket"');
    const message = "The policy failed legacy parsing";
    await assert.rejects(iam.createPolicy({ PolicyName: "Bad", PolicyDocument }), { message });
    await assert.rejects(iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument }), { message });
    await assert.rejects(iam.putRolePolicy({ RoleName: "exec", PolicyName: "Bad", PolicyDocument }), { message });
  });

  test(`policy versions are numbered on, five at a time, one of them the default (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, clock } = context;
    const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: allow("ssm:One") })).Policy?.Arn;
    clock.advance(60_000);
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("ssm:Two"), SetAsDefault: true });
    await iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" });
    for (const action of ["ssm:Three", "ssm:Four", "ssm:Five", "ssm:Six"]) {
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow(action) });
    }
    await assert.rejects(iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("ssm:Seven") }), {
      name: "LimitExceededException",
      message:
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
    });
    const listed = [];
    for await (const page of sdk.paginateListPolicyVersions({ client: iam, pageSize: 2 }, { PolicyArn })) {
      listed.push(page.Versions?.map(({ VersionId, IsDefaultVersion }) => `${VersionId} ${IsDefaultVersion}`));
    }
    assert.deepEqual(listed, [["v6 false", "v5 false"], ["v4 false", "v3 false"], ["v2 true"]]);
    await assert.rejects(iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" }), {
      name: "DeleteConflictException",
      message: "Cannot delete the default version of a policy.",
    });
    await assert.rejects(iam.getPolicyVersion({ PolicyArn, VersionId: "v1" }), {
      name: "NoSuchEntityException",
      message: `Policy ${PolicyArn} version v1 does not exist or is not attachable.`,
    });
    const none = { PolicyArn: `${PolicyArn}none`, VersionId: "v1" };
    for (const refused of [iam.getPolicyVersion(none), iam.setDefaultPolicyVersion(none)]) {
      await assert.rejects(refused, {
        name: "NoSuchEntityException",
        message: `Policy ${PolicyArn}none version v1 does not exist or is not attachable.`,
      });
    }
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v6" });
    const { Policy: policy } = await iam.getPolicy({ PolicyArn });
    assert.deepEqual([policy?.DefaultVersionId, policy?.UpdateDate], ["v6", new Date("2026-01-02T03:05:05.000Z")]);
    const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v6" });
    assert.equal(decodeURIComponent(version?.Document ?? ""), allow("ssm:Six"));
  });

  test(`DeletePolicy wants a policy that nothing uses and one version (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: allow("ssm:One") })).Policy?.Arn;
    await iam.createUser({ UserName: "bob", PermissionsBoundary: PolicyArn });
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
    await iam.attachRolePolicy({ RoleName: "exec", PolicyArn });
    const entities = await iam.listEntitiesForPolicy({ PolicyArn });
    assert.deepEqual(
      [entities.PolicyRoles?.map(({ RoleName }) => RoleName), entities.PolicyUsers?.map(({ UserName }) => UserName)],
      [["exec"], ["bob"]],
    );
    const attachedOnly = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: "PermissionsPolicy" });
    assert.deepEqual([attachedOnly.PolicyRoles?.length, attachedOnly.PolicyUsers?.length ?? 0], [1, 0]);
    await iam.detachRolePolicy({ RoleName: "exec", PolicyArn });
    const inUse = { name: "DeleteConflictException", message: "Cannot delete a policy attached to entities." };
    await assert.rejects(iam.deletePolicy({ PolicyArn }), inUse);
    await iam.deleteUser({ UserName: "bob" });
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow("ssm:Two") });
    await assert.rejects(iam.deletePolicy({ PolicyArn }), { message: /^This policy has more than one version\./ });
    await iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" });
    await iam.deletePolicy({ PolicyArn });
    await assert.rejects(iam.getPolicy({ PolicyArn }), {
      name: "NoSuchEntityException",
      message: `Policy ${PolicyArn} was not found.`,
    });
  });

  test(`AWS's own policies can be read and attached and not be changed, even by root (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
    await iam.attachRolePolicy({ RoleName: "exec", PolicyArn: executionPolicy });
    const { Policy: policy } = await iam.getPolicy({ PolicyArn: executionPolicy });
    assert.deepEqual(
      [policy?.PolicyName, policy?.Path, policy?.AttachmentCount, policy?.DefaultVersionId],
      ["AmazonECSTaskExecutionRolePolicy", "/service-role/", 1, "v1"],
    );
    const changes = [
      () => iam.deletePolicy({ PolicyArn: executionPolicy }),
      () => iam.createPolicyVersion({ PolicyArn: executionPolicy, PolicyDocument: allow("*") }),
      () => iam.setDefaultPolicyVersion({ PolicyArn: executionPolicy, VersionId: "v1" }),
    ];
    for (const change of changes) {
      await assert.rejects(change, (error: Error) => {
        assert.equal(error.name, "AccessDenied");
        assert.ok(error.message.startsWith(`User: ${rootPrincipal.arn} is not authorized to perform: iam:`));
        return true;
      });
    }
  });

  test(`ListPolicies filters by scope, path and use (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createPolicy({ PolicyName: "mine", Path: "/x/", PolicyDocument: allow("ssm:*") });
    await iam.createUser({ UserName: "bob", PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" });
    await iam.attachUserPolicy({ UserName: "bob", PolicyArn: executionPolicy });
    const cases: [sdk.ListPoliciesCommandInput, readonly string[]][] = [
      [{ Scope: "Local" }, ["mine"]],
      [{ PathPrefix: "/x/" }, ["mine"]],
      [
        { Scope: "AWS", PathPrefix: "/job-function/", MaxItems: 2 },
        ["AmazonODBAutonomousVmClusterAdmin", "AmazonODBExadataInfrastructureAdmin"],
      ],
      [{ Scope: "Local", OnlyAttached: true }, []],
      [{ OnlyAttached: true }, ["AmazonECSTaskExecutionRolePolicy"]],
      [{ PolicyUsageFilter: "PermissionsBoundary" }, ["PowerUserAccess"]],
    ];
    for (const [input, names] of cases) {
      const { Policies: policies } = await iam.listPolicies(input);
      assert.deepEqual(
        policies?.map(({ PolicyName }) => PolicyName),
        names,
        JSON.stringify(input),
      );
    }
    const all = [];
    for await (const page of sdk.paginateListPolicies({ client: iam, pageSize: 400 }, {}))
      all.push(...(page.Policies ?? []));
    const expected = listAwsManaged("aws").length + 1;
    assert.deepEqual([all.length, new Set(all.map(({ Arn }) => Arn)).size], [expected, expected]);
  });
}
