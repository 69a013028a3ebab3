import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  GetResourcePoliciesCommand,
  PutParameterCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-ssm";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
const policy = (principal = "222233334444") =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "ssm:GetParameter", Resource: arn }],
  });

async function share({ client }: Setting, Policy = policy()) {
  await client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced" }));
  return client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy }));
}

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

function policyOf(statement: object) {
  const all = { Effect: "Allow", Principal: { AWS: "222233334444" }, Action: "ssm:GetParameter", Resource: arn };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...all, ...statement }] });
}

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
