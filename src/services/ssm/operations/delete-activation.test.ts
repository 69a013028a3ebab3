import assert from "node:assert/strict";
import { CreateActivationCommand, DeleteActivationCommand, DescribeActivationsCommand } from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

testParameters("DeleteActivation deletes an activation of its account and region, once", async (setting) => {
  const { client, asked } = setting;
  const made = await client.send(new CreateActivationCommand({ IamRole: "trusting" }));
  const { ActivationId = "" } = made;
  const remove = (one = client) => one.send(new DeleteActivationCommand({ ActivationId }));
  await assertRefused(remove(setting.clientIn("eu-west-1")), "InvalidActivation");
  asked.length = 0;
  await remove();
  assert.deepEqual(asked, [{ action: "ssm:DeleteActivation", resource: "*" }]);
  assert.deepEqual((await client.send(new DescribeActivationsCommand({}))).ActivationList, []);
  await assertRefused(remove(), "InvalidActivation", /^The activation isn't valid\./);
});

testParameters("DeleteActivation refuses what is no id", async ({ client }) => {
  const send = client.send(new DeleteActivationCommand({ ActivationId: "x" }));
  await assertRefused(send, "ValidationException", /'activationId' failed to satisfy constraint/);
});
