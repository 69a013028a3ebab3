import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allow,
  concurrent,
  document,
  noSuch,
  openIam,
  powerUser,
  readParameters,
  refusal,
  trust,
} from "../iam.fixture.ts";

const role = { RoleName: "exec" };
const made = { ...role, AssumeRolePolicyDocument: trust() };
const policy = { ...role, PolicyName: "read" };

test("PutRolePolicy replaces a policy and GetRolePolicy gives it back percent-encoded", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const odd = `{ "Version": "2012-10-17",\n "Statement": { "Effect": "Allow", "Action": "ssm:*", "Resource": "arn:aws:ssm:*:*:parameter/it's(ü)!" } }`;
  await iam.putRolePolicy({ ...policy, PolicyDocument: readParameters });
  await iam.putRolePolicy({ ...policy, PolicyDocument: odd });
  const { PolicyDocument: encoded = "" } = await iam.getRolePolicy(policy);
  assert.match(encoded, /^[A-Za-z0-9\-._~%]+$/);
  assert.equal(decodeURIComponent(encoded), odd);
  assert.deepEqual((await iam.listRolePolicies(role)).PolicyNames, ["read"]);
});

test("PutRolePolicy refuses what is not an identity policy, or too long a one", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const put = (PolicyDocument: string) => iam.putRolePolicy({ ...policy, PolicyDocument });
  await assert.rejects(
    put(trust()),
    refusal("MalformedPolicyDocument", 400, "Policy document should not specify a principal."),
  );
  await assert.rejects(
    put(readParameters.replace('"*"', `"arn:aws:ssm:*:*:parameter/${"x".repeat(10_240)}"`)),
    refusal("LimitExceeded", 409, "Maximum policy size of 10240 bytes exceeded for role exec"),
  );
  await assert.rejects(put(document(allow("s3:*", { Resource: "arn:aws:s3::bucket" }))), {
    message: "The policy failed legacy parsing",
  });
  await assert.rejects(
    iam.putRolePolicy({ ...policy, RoleName: "none", PolicyDocument: readParameters }),
    noSuch("role", "none"),
  );
});

test("PutRolePolicy gives no policy to a role that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  context.meanwhile(async () => {
    await iam.deleteRole(role);
    await iam.createRole(made);
  });
  await assert.rejects(iam.putRolePolicy({ ...policy, PolicyDocument: readParameters }), noSuch("role", "exec"));
  assert.deepEqual((await iam.listRolePolicies(role)).PolicyNames, []);
});

test("PutRolePolicy refuses where the boundary that policies saw was removed in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole({ ...made, PermissionsBoundary: powerUser });
  context.meanwhile(() => iam.deleteRolePermissionsBoundary(role));
  await assert.rejects(iam.putRolePolicy({ ...policy, PolicyDocument: readParameters }), concurrent);
  assert.deepEqual((await iam.listRolePolicies(role)).PolicyNames, []);
});
