import assert from "node:assert/strict";
import { DeleteResourcePolicyCommand } from "@aws-sdk/client-ssm";
import { arn, policies, policy, share } from "../policies/sharing.fixture.ts";
import { assertRefused, replaceParameter, tagParameter, testParameters } from "../ssm.fixture.ts";

testParameters("DeleteResourcePolicy ends the sharing", async (setting) => {
  const { PolicyId, PolicyHash } = await share(setting);
  await setting.client.send(new DeleteResourcePolicyCommand({ ResourceArn: arn, PolicyId, PolicyHash }));
  assert.deepEqual(await policies(setting), []);
});

testParameters(
  "DeleteResourcePolicy refuses another policy, and a parameter that was changed meanwhile",
  async (setting) => {
    const { client, onceAuthorised } = setting;
    const { PolicyId, PolicyHash } = await share(setting);
    const remove = (more: object = {}) =>
      client.send(new DeleteResourcePolicyCommand({ ResourceArn: arn, PolicyId, PolicyHash, ...more }));
    await assertRefused(remove({ PolicyId: "other" }), "ResourcePolicyNotFoundException");
    await assertRefused(remove({ PolicyHash: "other" }), "ResourcePolicyConflictException");
    onceAuthorised("ssm:DeleteResourcePolicy", () => tagParameter(setting));
    await assertRefused(remove(), "ResourcePolicyConflictException");
    assert.equal((await policies(setting))?.[0]?.Policy, policy());
    onceAuthorised("ssm:DeleteResourcePolicy", () => replaceParameter(setting));
    await assertRefused(remove(), "ResourcePolicyConflictException");
  },
);
