import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { assertRefused, testParameters } from "../ssm.fixture.ts";
import { arn, policy, policyOf, share } from "./sharing.fixture.ts";

testParameters("A shared parameter is found by its ARN from another account, under its policy", async (setting) => {
  const { client, state, asked } = setting;
  await share(setting);
  await client.send(new PutParameterCommand({ Name: "/a", Value: "w", Overwrite: true }));
  state.principal = { ...rootPrincipal, account: "222233334444" };
  const { Parameter } = await client.send(new GetParameterCommand({ Name: arn }));
  assert.deepEqual([Parameter?.Value, Parameter?.ARN], ["w", arn]);
  assert.deepEqual(asked.at(-1), {
    action: "ssm:GetParameter",
    resource: arn,
    resourceAccount: "111122223333",
    resourcePolicy: { name: asked.at(-1)!.resourcePolicy!.name, document: policy(), rule: "either" },
    conditions: {},
  });
  const { Parameters } = await client.send(new GetParametersCommand({ Names: [`${arn}:1`, "/a"] }));
  assert.deepEqual(
    Parameters!.map(({ Value }) => Value),
    ["v"],
  );
  const history = await client.send(new GetParameterHistoryCommand({ Name: arn }));
  assert.equal(history.Parameters!.length, 2);
  await assertRefused(client.send(new GetParameterCommand({ Name: "/a" })), "ParameterNotFound");
});

testParameters("A resource policy has no say in changes of its parameter", async (setting) => {
  const { client, asked, database } = setting;
  await share(setting);
  // As a version that let every action in could have left it.
  const resource_policy = Buffer.from(policyOf({ Action: "ssm:*" }));
  await database.db.updateTable("ssm_parameters").set({ resource_policy }).execute();
  asked.length = 0;
  await client.send(new PutParameterCommand({ Name: "/a", Value: "w", Overwrite: true }));
  await client.send(new GetResourcePoliciesCommand({ ResourceArn: arn }));
  await client.send(new DeleteParameterCommand({ Name: "/a" }));
  assert.deepEqual(
    asked.map(({ action, resourcePolicy }) => [action, resourcePolicy]),
    ["PutParameter", "GetResourcePolicies", "DeleteParameter"].map((operation) => [`ssm:${operation}`, undefined]),
  );
});
