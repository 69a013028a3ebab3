import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import { arnOf, openIam, powerUser, refusal, trust } from "../iam.fixture.ts";

test("CreateRole and GetRole show the role as AWS does", async () => {
  await using context = await openIam({ now: "2026-01-02T03:04:05.678Z" });
  const { iam } = context;
  const created = await iam.createRole({
    RoleName: "exec",
    Path: "/app/",
    AssumeRolePolicyDocument: trust(),
    Description: "runs tasks",
    MaxSessionDuration: 7200,
    PermissionsBoundary: powerUser,
    Tags: [{ Key: "team", Value: "a" }],
  });
  const { $metadata, Role: role } = await iam.getRole({ RoleName: "exec" });
  assert.match(role?.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
  assert.deepEqual(role, {
    Path: "/app/",
    RoleName: "exec",
    RoleId: created.Role?.RoleId,
    Arn: arnOf("role/app/exec"),
    CreateDate: new Date("2026-01-02T03:04:05.000Z"),
    AssumeRolePolicyDocument: encodeURIComponent(trust()),
    Description: "runs tasks",
    MaxSessionDuration: 7200,
    PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: powerUser },
    Tags: [{ Key: "team", Value: "a" }],
    RoleLastUsed: {},
  });
  assert.equal($metadata.httpStatusCode, 200);
  // AWS tells the longest duration when asked for the role, and not when it is made.
  assert.equal(created.Role?.MaxSessionDuration, undefined);
  assert.deepEqual({ ...created.Role, MaxSessionDuration: 7200, RoleLastUsed: {} }, role);
});

const refusals: readonly (readonly [string, Partial<sdk.CreateRoleCommandInput>, string, number, string])[] = [
  ["a name in other case", { RoleName: "EXEC" }, "EntityAlreadyExists", 409, "Role with name EXEC already exists."],
  ["no JSON", { AssumeRolePolicyDocument: "{" }, "MalformedPolicyDocument", 400, "This policy contains invalid Json"],
  [
    "a resource in its trust policy",
    { AssumeRolePolicyDocument: trust().replace('"Effect"', '"Resource":"*","Effect"') },
    "MalformedPolicyDocument",
    400,
    "Has prohibited field Resource",
  ],
  [
    "a trusted role that does not exist",
    { AssumeRolePolicyDocument: trust({ AWS: arnOf("role/none") }) },
    "MalformedPolicyDocument",
    400,
    `Invalid principal in policy: "AWS":"${arnOf("role/none")}"`,
  ],
  [
    "a trust policy that is too long",
    { AssumeRolePolicyDocument: trust().replace('"Effect"', `"Sid":"${"x".repeat(2048)}","Effect"`) },
    "LimitExceeded",
    409,
    "Cannot exceed quota for ACLSizePerRole: 2048",
  ],
  [
    "a boundary that does not exist",
    { PermissionsBoundary: "arn:aws:iam::aws:policy/None" },
    "NoSuchEntity",
    404,
    "Scope ARN: arn:aws:iam::aws:policy/None does not exist or is not attachable.",
  ],
  [
    "a tag twice",
    {
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "A", Value: "2" },
      ],
    },
    "InvalidInput",
    400,
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  ],
];

for (const [name, change, code, status, message] of refusals) {
  test(`CreateRole refuses ${name}`, async () => {
    await using context = await openIam();
    const { iam } = context;
    await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
    const refused = iam.createRole({ RoleName: "new", AssumeRolePolicyDocument: trust(), ...change });
    await assert.rejects(refused, refusal(code, status, message));
  });
}

test("CreateRole makes no role below the path of service-linked roles", async () => {
  await using context = await openIam();
  const role = { RoleName: "r", Path: "/aws-service-role/x/", AssumeRolePolicyDocument: trust() };
  await assert.rejects(context.iam.createRole(role), { name: "ValidationError" });
});
