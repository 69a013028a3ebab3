import assert from "node:assert/strict";
import {
  DeleteResourcePolicyCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  PutParameterCommand,
  PutResourcePolicyCommand,
  type PutResourcePolicyResponse,
  type ResourcePolicyConflictException,
} from "@aws-sdk/client-ssm";
import { arn, policies, policy, policyOf, share } from "../policies/sharing.fixture.ts";
import { assertNotOutrun, assertRefused, testParameters } from "../ssm.fixture.ts";

function ids({ PolicyId, PolicyHash }: PutResourcePolicyResponse) {
  return { PolicyId: PolicyId!, PolicyHash: PolicyHash! };
}

testParameters("PutResourcePolicy shares a parameter until DeleteResourcePolicy ends it", async (setting) => {
  const { client } = setting;
  const { PolicyId, PolicyHash } = await share(setting);
  assert.deepEqual(await policies(setting), [{ PolicyId, PolicyHash, Policy: policy() }]);
  await client.send(new DeleteResourcePolicyCommand({ ResourceArn: arn, PolicyId, PolicyHash }));
  assert.deepEqual(await policies(setting), []);
});

testParameters("PutResourcePolicy keeps a policy of many lines as it is", async (setting) => {
  const Policy = `${JSON.stringify(JSON.parse(policy()), null, 2)}\n`;
  await share(setting, Policy);
  assert.equal((await policies(setting))![0]!.Policy, Policy);
});

testParameters("A resource policy is changed by who knows its id and its present hash", async (setting) => {
  const { client } = setting;
  const first = await share(setting);
  const put = (more: object) =>
    client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy("333344445555"), ...more }));
  await assertRefused(put({}), "ResourcePolicyLimitExceededException", /Only one policy/);
  await assertRefused(put({ PolicyId: first.PolicyId }), "ResourcePolicyInvalidParameterException");
  await assertRefused(put({ ...ids(first), PolicyId: "other" }), "ResourcePolicyNotFoundException");
  const changed = await put(ids(first));
  assert.equal(changed.PolicyId, first.PolicyId);
  assert.notEqual(changed.PolicyHash, first.PolicyHash);
  await assert.rejects(put(ids(first)), (error: ResourcePolicyConflictException) => {
    assert.equal(error.name, "ResourcePolicyConflictException");
    assert.match(error.Message ?? error.message, /hash provided/);
    return true;
  });
  const stale = new DeleteResourcePolicyCommand({ ResourceArn: arn, ...ids(first) });
  await assertRefused(client.send(stale), "ResourcePolicyConflictException");
  assert.deepEqual((await policies(setting))![0]!.Policy, policy("333344445555"));
});

testParameters("What cannot be shared is refused by name", async ({ client }) => {
  const share = (ResourceArn: string, Policy = policy()) =>
    client.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  await client.send(new PutParameterCommand({ Name: "/standard", Value: "v", Type: "String" }));
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  await assertRefused(share(arn.replace("/a", "/none")), "ResourceNotFoundException");
  await assertRefused(share(arn.replace("/a", "/standard")), "ResourcePolicyInvalidParameterException");
  for (const wrong of [
    arn.replace("us-east-1", "eu-west-1"),
    arn.replace("111122223333", "999999999999"),
    arn.replace("parameter", "document"),
    `${arn}:1`,
    "a parameter somewhere",
  ]) {
    await assertRefused(share(wrong), "ResourcePolicyInvalidParameterException");
  }
  await assertRefused(share(arn, "{}"), "MalformedResourcePolicyDocumentException");
  await assertRefused(share(arn, policy().padEnd(1025)), "ResourcePolicyLimitExceededException");
});

testParameters("PutResourcePolicy shares a parameter for reading only", async ({ client, asked }) => {
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  const share = (statement: object) =>
    client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policyOf(statement) }));
  for (const statement of [
    { Action: "ssm:PutParameter" },
    { Action: ["ssm:GetParameter", "ssm:DeleteParameter"] },
    { Action: "ssm:PutResourcePolicy" },
    { Action: "ssm:GetParametersByPath" },
    { Action: "ssm:Nonsense" },
    { Action: "ssm:*" },
    { Action: "*" },
    { Action: "kms:Decrypt" },
    { Action: undefined, NotAction: "ssm:PutParameter" },
    { Effect: "Deny", Action: "ssm:PutParameter" },
  ]) {
    await assertRefused(share(statement), "MalformedResourcePolicyDocumentException", /Action|action/);
  }
  const reads = ["ssm:DescribeParameters", "SSM:getparameter", "ssm:GetParameters", "ssm:GetParameterHistory"];
  await share({ Action: reads });
  asked.length = 0;
  await client.send(new GetParameterCommand({ Name: "/a" }));
  await client.send(new GetParametersCommand({ Names: ["/a"] }));
  await client.send(new GetParameterHistoryCommand({ Name: "/a" }));
  assert.ok(asked.every(({ resourcePolicy }) => resourcePolicy !== undefined));
});

testParameters("PutResourcePolicy refuses a policy of other resources than the parameter", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  const share = (statement: object) =>
    client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policyOf(statement) }));
  const refused = [
    { Resource: `${arn}b` },
    { Resource: [arn, `${arn}b`] },
    { Resource: arn.replace("111122223333", "222233334444") },
    { Resource: "arn:aws:ssm:us-east-1:111122223333:document/*" },
    { Resource: undefined, NotResource: `${arn}b` },
    { Resource: undefined },
  ];
  for (const statement of refused) {
    await assertRefused(share(statement), "MalformedResourcePolicyDocumentException", /[Rr]esource/);
  }
  const { PolicyId, PolicyHash } = await share({ Resource: arn });
  for (const Resource of ["*", "arn:aws:ssm:*:*:parameter/*"]) {
    const Policy = policyOf({ Resource });
    const current = (await client.send(new GetResourcePoliciesCommand({ ResourceArn: arn }))).Policies![0]!;
    assert.equal(current.PolicyId, PolicyId);
    const put = { ResourceArn: arn, Policy, PolicyId, PolicyHash: current.PolicyHash };
    assert.notEqual((await client.send(new PutResourcePolicyCommand(put))).PolicyHash, PolicyHash);
  }
});

testParameters("PutResourcePolicy shares a SecureString under a customer managed key only", async ({ client }) => {
  const secure = { Name: "/a", Value: "v", Type: "SecureString", Tier: "Advanced" } as const;
  const share = () => client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy() }));
  await client.send(new PutParameterCommand(secure));
  await assertRefused(share(), "ResourcePolicyInvalidParameterException", /customer managed key/);
  await client.send(new PutParameterCommand({ ...secure, KeyId: "alias/own", Overwrite: true }));
  await share();
});

testParameters("PutResourcePolicy does not share a parameter that is not the authorised one", async (setting) => {
  const { client } = setting;
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  const put = () => client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy() }));
  await assertNotOutrun(setting, "PutResourcePolicy", put, "ResourcePolicyConflictException");
  assert.deepEqual(await policies(setting), []);
});
