import assert from "node:assert/strict";
import { GetResourcePoliciesCommand, PutResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { arn, policies, policy, share } from "../policies/sharing.fixture.ts";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

testParameters("GetResourcePolicies shows the policy that was authorised", async (setting) => {
  const { client, onceAuthorised } = setting;
  const { PolicyId, PolicyHash } = await share(setting);
  const other = { ResourceArn: arn, Policy: policy("333344445555"), PolicyId, PolicyHash };
  onceAuthorised("ssm:GetResourcePolicies", () => client.send(new PutResourcePolicyCommand(other)));
  assert.deepEqual(await policies(setting), [{ PolicyId, PolicyHash, Policy: policy() }]);
  assert.equal((await policies(setting))?.[0]?.Policy, other.Policy);
});

testParameters("GetResourcePolicies refuses a missing parameter and a token", async (setting) => {
  const { client } = setting;
  const get = (more: object = {}) => client.send(new GetResourcePoliciesCommand({ ResourceArn: arn, ...more }));
  await assertRefused(get(), "ResourceNotFoundException");
  await share(setting);
  await assertRefused(get({ NextToken: "x" }), "ResourcePolicyInvalidParameterException");
});
