import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, arnOf, document, openIam, readParameters, trust } from "../iam.fixture.ts";

test("CreatePolicy and GetPolicy show the policy as AWS does", async () => {
  await using context = await openIam();
  const { iam } = context;
  const input = { PolicyName: "Read", Path: "/app/", Description: "reads", Tags: [{ Key: "a", Value: "b" }] };
  const created = await iam.createPolicy({ ...input, PolicyDocument: readParameters });
  const arn = arnOf("policy/app/Read");
  assert.match(created.Policy?.PolicyId ?? "", /^ANPA[A-Z2-7]{17}$/);
  assert.deepEqual([created.Policy?.Tags, created.Policy?.Description], [input.Tags, undefined]);
  const { Policy: plain } = await iam.createPolicy({ PolicyName: "Plain", PolicyDocument: readParameters });
  assert.equal(plain?.Tags, undefined);
  assert.deepEqual((await iam.getPolicy({ PolicyArn: plain?.Arn })).Policy?.Tags, []);
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust(), PermissionsBoundary: arn });
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
});

test("CreatePolicy refuses a name in other case, and a document that is too long or malformed", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createPolicy({ PolicyName: "Read", PolicyDocument: readParameters });
  await assert.rejects(iam.createPolicy({ PolicyName: "READ", PolicyDocument: readParameters }), {
    name: "EntityAlreadyExistsException",
    message: "A policy called READ already exists. Duplicate names are not allowed.",
  });
  const long = document(allow(`ssm:${"x".repeat(6144)}`));
  await assert.rejects(iam.createPolicy({ PolicyName: "Long", PolicyDocument: long }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for PolicySize: 6144",
  });
  await assert.rejects(iam.createPolicy({ PolicyName: "Bad", PolicyDocument: "[]" }), {
    name: "MalformedPolicyDocumentException",
  });
  const PolicyDocument = document(allow("s3:*", { Resource: "arn:aws:s3::bucket" }));
  await assert.rejects(iam.createPolicy({ PolicyName: "Bad", PolicyDocument }), {
    message: "The policy failed legacy parsing",
  });
});
