import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount, testCall } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { AccessDecision } from "../../../model/call.ts";
import { decodeAuthorizationMessage, encodeAuthorizationMessage } from "./authorization-message.ts";
import { authorizer } from "./authorizer.ts";

const keys = keyring(Buffer.alloc(32, 7));
const alice = {
  kind: "user",
  arn: `arn:aws:iam::${testAccount}:user/alice`,
  account: testAccount,
  userId: "AIDAALICE",
  userName: "alice",
  accessKeyId: "AKIA",
} as const;

/** The decision for alice with one policy. */
async function decide(statement: object, conditions: Record<string, string> = {}): Promise<AccessDecision> {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const effectivePolicies = async () => ({
    identity: [{ name: "p", text }],
    boundary: undefined,
    tags: { team: "red" },
  });
  const authorize = authorizer({
    store: { effectivePolicies: { find: effectivePolicies }, policies: { document: async () => undefined } },
  });
  const call = testCall(fakeClock(), alice);
  await authorize(call, { action: "ssm:GetParameter", resource: "arn:aws:ssm:us-east-1:1:parameter/a", conditions });
  return call.decisions[0]!;
}

const deny = {
  Sid: "No",
  Effect: "Deny",
  Action: ["ssm:*"],
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

test("encodeAuthorizationMessage explains an explicit deny in AWS's shape", async () => {
  const message = encodeAuthorizationMessage(keys, alice, await decide(deny, { "aws:ResourceTag/env": "prod" }))!;
  const { context, ...reason } = JSON.parse(decodeAuthorizationMessage(keys, message, testAccount)!);
  assert.deepEqual(reason, {
    allowed: false,
    explicitDeny: true,
    matchedStatements: {
      items: [
        {
          statementId: "No",
          effect: "DENY",
          sourcePolicyId: "p",
          principals: { items: [{ value: "AIDAALICE" }] },
          principalGroups: { items: [] },
          actions: { items: [{ value: "ssm:*" }] },
          resources: { items: [{ value: "*" }] },
          conditions: { items: [{ key: "aws:SecureTransport", values: { items: [{ value: "false" }] } }] },
        },
      ],
    },
    failures: { items: [] },
  });
  const { conditions, ...rest } = context;
  assert.deepEqual(rest, {
    principal: { id: "AIDAALICE", name: "alice", arn: alice.arn },
    action: "ssm:GetParameter",
    resource: "arn:aws:ssm:us-east-1:1:parameter/a",
  });
  const values = new Map(conditions.items.map((each: { key: string; values: object }) => [each.key, each.values]));
  assert.deepEqual(values.get("aws:ResourceTag/env"), { items: [{ value: "prod" }] });
  assert.deepEqual(values.get("aws:principaltag/team"), { items: [{ value: "red" }] });
  assert.deepEqual(values.get("aws:username"), { items: [{ value: "alice" }] });
});

test("encodeAuthorizationMessage explains an implicit deny without statements", async () => {
  const message = encodeAuthorizationMessage(
    keys,
    alice,
    await decide({ Effect: "Allow", Action: "s3:*", Resource: "*" }),
  )!;
  const reason = JSON.parse(decodeAuthorizationMessage(keys, message, testAccount)!);
  assert.deepEqual([reason.allowed, reason.explicitDeny, reason.matchedStatements.items], [false, false, []]);
});

test("encodeAuthorizationMessage shows nothing of what it holds", async () => {
  const message = encodeAuthorizationMessage(keys, alice, await decide(deny))!;
  assert.match(message, /^[A-Za-z0-9_-]+$/);
  for (const word of ["alice", "ssm", "No"])
    assert.ok(!Buffer.from(message, "base64url").toString("latin1").includes(word));
});

test("encodeAuthorizationMessage leaves out what no header can hold", async () => {
  const random = Array.from({ length: 2000 }, (_, index) => `${Math.sin(index)}`).join("");
  assert.equal(encodeAuthorizationMessage(keys, alice, await decide(deny, { "test:long": random })), undefined);
});

test("decodeAuthorizationMessage reads no other text and for no other account", async () => {
  const message = encodeAuthorizationMessage(keys, alice, await decide(deny))!;
  assert.equal(decodeAuthorizationMessage(keys, message, "444455556666"), undefined);
  assert.equal(decodeAuthorizationMessage(keyring(Buffer.alloc(32, 8)), message, testAccount), undefined);
  const flipped = `${message.slice(0, 40)}${message[40] === "A" ? "B" : "A"}${message.slice(41)}`;
  for (const wrong of [flipped, message.slice(1), `${message}\n`, "", "x", "\u0000", "a".repeat(10_240)]) {
    assert.equal(decodeAuthorizationMessage(keys, wrong, testAccount), undefined);
  }
});
