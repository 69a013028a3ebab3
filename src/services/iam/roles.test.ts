import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { iamService, iamStore } from "./index.ts";

const clock = fakeClock("2026-01-02T03:04:05.678Z");

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const allowRead = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: "*" }],
});
const executionPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock }));
    return { iam, store, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`CreateRole and GetRole show the role as AWS does (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const created = await iam.createRole({
      RoleName: "exec",
      Path: "/app/",
      AssumeRolePolicyDocument: trust,
      Description: "runs tasks",
      MaxSessionDuration: 7200,
      PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
      Tags: [{ Key: "team", Value: "a" }],
    });
    const { $metadata, Role: role } = await iam.getRole({ RoleName: "exec" });
    assert.match(role?.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
    assert.deepEqual(role, {
      Path: "/app/",
      RoleName: "exec",
      RoleId: created.Role?.RoleId,
      Arn: `arn:aws:iam::${testAccount}:role/app/exec`,
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      Description: "runs tasks",
      MaxSessionDuration: 7200,
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess",
      },
      Tags: [{ Key: "team", Value: "a" }],
      RoleLastUsed: {},
    });
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual({ ...created.Role, RoleLastUsed: {} }, role);
  });

  test(`roles' operations refuse in AWS's words (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
    const missing = "The role with name none cannot be found.";
    const cases: [string, () => Promise<unknown>, string, number, string][] = [
      ["GetRole", () => iam.getRole({ RoleName: "none" }), "NoSuchEntity", 404, missing],
      ["DeleteRole", () => iam.deleteRole({ RoleName: "none" }), "NoSuchEntity", 404, missing],
      [
        "ListInstanceProfilesForRole",
        () => iam.listInstanceProfilesForRole({ RoleName: "none" }),
        "NoSuchEntity",
        404,
        missing,
      ],
      [
        "CreateRole of a name in other case",
        () => iam.createRole({ RoleName: "EXEC", AssumeRolePolicyDocument: trust }),
        "EntityAlreadyExists",
        409,
        "Role with name EXEC already exists.",
      ],
      [
        "CreateRole with no JSON",
        () => iam.createRole({ RoleName: "new", AssumeRolePolicyDocument: "{" }),
        "MalformedPolicyDocument",
        400,
        "This policy contains invalid Json",
      ],
      [
        "CreateRole with a resource in its trust policy",
        () => iam.createRole({ RoleName: "new", AssumeRolePolicyDocument: withResource(trust) }),
        "MalformedPolicyDocument",
        400,
        "Has prohibited field Resource",
      ],
      [
        "CreateRole trusting a role that does not exist",
        () => iam.createRole({ RoleName: "new", AssumeRolePolicyDocument: trusting("role/none") }),
        "MalformedPolicyDocument",
        400,
        `Invalid principal in policy: "AWS":"arn:aws:iam::${testAccount}:role/none"`,
      ],
      [
        "CreateRole with a trust policy that is too long",
        () => iam.createRole({ RoleName: "new", AssumeRolePolicyDocument: longTrust() }),
        "LimitExceeded",
        409,
        "Cannot exceed quota for ACLSizePerRole: 2048",
      ],
      [
        "CreateRole with a boundary that does not exist",
        () =>
          iam.createRole({
            RoleName: "new",
            AssumeRolePolicyDocument: trust,
            PermissionsBoundary: "arn:aws:iam::aws:policy/None",
          }),
        "NoSuchEntity",
        404,
        "Scope ARN: arn:aws:iam::aws:policy/None does not exist or is not attachable.",
      ],
      [
        "CreateRole with a tag twice",
        () =>
          iam.createRole({
            RoleName: "new",
            AssumeRolePolicyDocument: trust,
            Tags: [
              { Key: "a", Value: "1" },
              { Key: "A", Value: "2" },
            ],
          }),
        "InvalidInput",
        400,
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      ],
      [
        "PutRolePolicy with a principal",
        () => iam.putRolePolicy({ RoleName: "exec", PolicyName: "p", PolicyDocument: trust }),
        "MalformedPolicyDocument",
        400,
        "Policy document should not specify a principal.",
      ],
      [
        "PutRolePolicy that is too long",
        () => iam.putRolePolicy({ RoleName: "exec", PolicyName: "p", PolicyDocument: longPolicy(10_240) }),
        "LimitExceeded",
        409,
        "Maximum policy size of 10240 bytes exceeded for role exec",
      ],
      [
        "GetRolePolicy",
        () => iam.getRolePolicy({ RoleName: "exec", PolicyName: "none" }),
        "NoSuchEntity",
        404,
        "The role policy with name none cannot be found.",
      ],
      [
        "AttachRolePolicy of a policy that does not exist",
        () => iam.attachRolePolicy({ RoleName: "exec", PolicyArn: "arn:aws:iam::aws:policy/None" }),
        "NoSuchEntity",
        404,
        "Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.",
      ],
      [
        "AttachRolePolicy of no ARN",
        () => iam.attachRolePolicy({ RoleName: "exec", PolicyArn: "AmazonSSMReadOnlyAccess" }),
        "ValidationError",
        400,
        "ARN AmazonSSMReadOnlyAccess is not valid.",
      ],
      [
        "DetachRolePolicy of a policy that is not attached",
        () => iam.detachRolePolicy({ RoleName: "exec", PolicyArn: executionPolicy }),
        "NoSuchEntity",
        404,
        `Policy ${executionPolicy} was not found.`,
      ],
      ["ListRoles with a bad marker", () => iam.listRoles({ Marker: "!" }), "ValidationError", 400, "Invalid Marker."],
    ];
    for (const [name, run, code, status, message] of cases) {
      await t.test(name, async () => {
        await assert.rejects(run, (error: sdk.IAMServiceException & { Code?: string }) => {
          assert.deepEqual(
            [error.Code ?? error.name, error.$metadata.httpStatusCode, error.message],
            [code, status, message],
          );
          return true;
        });
      });
    }
  });

  test(`DeleteRole wants a role without policies (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const role = { RoleName: "exec" };
    await iam.createRole({ ...role, AssumeRolePolicyDocument: trust });
    await iam.attachRolePolicy({ ...role, PolicyArn: executionPolicy });
    await iam.putRolePolicy({ ...role, PolicyName: "read", PolicyDocument: allowRead });
    await assert.rejects(iam.deleteRole(role), {
      name: "DeleteConflictException",
      message: "Cannot delete entity, must detach all policies first.",
    });
    await iam.detachRolePolicy({ ...role, PolicyArn: executionPolicy });
    await assert.rejects(iam.deleteRole(role), {
      name: "DeleteConflictException",
      message: "Cannot delete entity, must delete policies first.",
    });
    await iam.deleteRolePolicy({ ...role, PolicyName: "read" });
    assert.deepEqual((await iam.listInstanceProfilesForRole(role)).InstanceProfiles, []);
    await iam.deleteRole(role);
    await assert.rejects(iam.getRole(role), { name: "NoSuchEntityException" });
  });

  test(`PutRolePolicy replaces a policy and GetRolePolicy gives it back percent-encoded (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
    const policy = { RoleName: "exec", PolicyName: "read" };
    const odd = `{ "Version": "2012-10-17",\n "Statement": { "Effect": "Allow", "Action": "ssm:*", "Resource": "arn:aws:ssm:*:*:parameter/it's(ü)!" } }`;
    await iam.putRolePolicy({ ...policy, PolicyDocument: allowRead });
    await iam.putRolePolicy({ ...policy, PolicyDocument: odd });
    const { PolicyDocument: encoded = "" } = await iam.getRolePolicy(policy);
    assert.match(encoded, /^[A-Za-z0-9\-._~%]+$/);
    assert.equal(decodeURIComponent(encoded), odd);
    assert.deepEqual((await iam.listRolePolicies({ RoleName: "exec" })).PolicyNames, ["read"]);
  });

  test(`AttachRolePolicy takes ten policies, each once (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust });
    const arns = [executionPolicy];
    for (let index = 0; index < 10; index++) {
      const made = await iam.createPolicy({ PolicyName: `p${index}`, Path: "/x/", PolicyDocument: allowRead });
      arns.push(made.Policy?.Arn ?? "");
    }
    for (const PolicyArn of [...arns.slice(0, 10), executionPolicy]) {
      await iam.attachRolePolicy({ RoleName: "exec", PolicyArn });
    }
    await assert.rejects(iam.attachRolePolicy({ RoleName: "exec", PolicyArn: arns[10] }), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for PoliciesPerRole: 10",
    });
    const all = await iam.listAttachedRolePolicies({ RoleName: "exec" });
    assert.equal(all.AttachedPolicies?.length, 10);
    const service = await iam.listAttachedRolePolicies({ RoleName: "exec", PathPrefix: "/service-role/" });
    assert.deepEqual(service.AttachedPolicies, [
      { PolicyName: "AmazonECSTaskExecutionRolePolicy", PolicyArn: executionPolicy },
    ]);
  });

  test(`ListRoles pages through all roles below a path (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    for (const [name, path] of [
      ["b", "/x/"],
      ["A", "/x/"],
      ["c", "/x/y/"],
      ["d", "/xx/"],
      ["e", "/"],
    ] as const) {
      await iam.createRole({ RoleName: name, Path: path, AssumeRolePolicyDocument: trust });
    }
    const pages = [];
    for await (const page of sdk.paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: "/x/" })) {
      pages.push([page.IsTruncated, page.Roles?.map(({ RoleName }) => RoleName)]);
    }
    assert.deepEqual(pages, [
      [true, ["A", "b"]],
      [false, ["c"]],
    ]);
    assert.equal((await iam.listRoles({})).Roles?.length, 5);
  });

  test(`UpdateRole, boundaries, trust and tags change one thing each (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const role = { RoleName: "exec" };
    await iam.createRole({ ...role, AssumeRolePolicyDocument: trust, Description: "old" });
    await iam.updateRole({ ...role, MaxSessionDuration: 43_200 });
    await iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" });
    await iam.updateAssumeRolePolicy({ ...role, PolicyDocument: trusting("role/exec") });
    await iam.tagRole({
      ...role,
      Tags: [
        { Key: "team", Value: "a" },
        { Key: "env", Value: "" },
      ],
    });
    await iam.tagRole({ ...role, Tags: [{ Key: "Team", Value: "b" }] });
    await iam.untagRole({ ...role, TagKeys: ["ENV"] });
    const { Role: after } = await iam.getRole(role);
    assert.deepEqual(
      [after?.Description, after?.MaxSessionDuration, after?.PermissionsBoundary?.PermissionsBoundaryArn, after?.Tags],
      ["old", 43_200, "arn:aws:iam::aws:policy/PowerUserAccess", [{ Key: "Team", Value: "b" }]],
    );
    assert.equal(decodeURIComponent(after?.AssumeRolePolicyDocument ?? ""), trusting("role/exec"));
    const long = Array.from({ length: 3 }, (_, index) => ({ Key: `${"ж".repeat(127)}${index}`, Value: "v" }));
    await iam.tagRole({ ...role, Tags: long });
    const keys = [];
    for await (const page of sdk.paginateListRoleTags({ client: iam, pageSize: 1 }, { ...role })) {
      assert.ok((page.Marker ?? "").length <= 320);
      keys.push(...(page.Tags ?? []).map(({ Key }) => Key ?? ""));
    }
    assert.deepEqual(keys, ["Team", ...long.map(({ Key }) => Key)]);
    await iam.untagRole({ ...role, TagKeys: long.map(({ Key }) => Key) });
    await iam.deleteRolePermissionsBoundary(role);
    const updated = await iam.updateRoleDescription({ ...role, Description: "new" });
    assert.deepEqual([updated.Role?.Description, updated.Role?.PermissionsBoundary], ["new", undefined]);
    assert.deepEqual((await iam.listRoleTags(role)).Tags, [{ Key: "Team", Value: "b" }]);
  });
}

function withResource(document: string): string {
  return document.replace('"Effect"', '"Resource":"*","Effect"');
}

function trusting(resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${testAccount}:${resource}` }, Action: "sts:AssumeRole" },
    ],
  });
}

function longTrust(): string {
  return trust.replace('"Effect"', `"Sid":"${"x".repeat(2048)}","Effect"`);
}

function longPolicy(size: number): string {
  return allowRead.replace('"*"', `"arn:aws:ssm:*:*:parameter/${"x".repeat(size)}"`);
}
