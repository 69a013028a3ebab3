import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, document, openIam } from "../iam.fixture.ts";
import { makeAlice, noEntities } from "../simulation/simulation.fixture.ts";

test("GetContextKeysForPrincipalPolicy adds the entity's policies and boundary to those given", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicySourceArn = await makeAlice(iam);
  const Condition = { Bool: { "aws:SecureTransport": "true" } };
  await iam.putUserPolicy({
    UserName: "alice",
    PolicyName: "Https",
    PolicyDocument: document(allow("*", { Condition })),
  });
  const given = document(allow("*", { Condition: { Null: { "aws:TokenIssueTime": "true" } } }));
  const { ContextKeyNames: names } = await iam.getContextKeysForPrincipalPolicy({
    PolicySourceArn,
    PolicyInputList: [given],
  });
  assert.deepEqual(names, ["aws:TokenIssueTime", "aws:SecureTransport"]);
});

test("GetContextKeysForPrincipalPolicy refuses what is no entity of the account", async () => {
  await using context = await openIam();
  const { iam } = context;
  await makeAlice(iam);
  for (const [PolicySourceArn, name, message] of noEntities) {
    await assert.rejects(iam.getContextKeysForPrincipalPolicy({ PolicySourceArn }), { name, message });
  }
});
