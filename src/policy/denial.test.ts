import assert from "node:assert/strict";
import { test } from "node:test";
import { denialMessage } from "./denial.ts";
import type { Decision, PolicyRequest } from "./policy.ts";

const request: PolicyRequest = {
  principal: { arn: "arn:aws:sts::111122223333:assumed-role/task/0123", account: "111122223333", kind: "assumed-role" },
  action: "kms:Decrypt",
  resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
  resourceAccount: "111122223333",
  context: {},
};
const start =
  "User: arn:aws:sts::111122223333:assumed-role/task/0123 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1";

const implicit: readonly (readonly [by: Decision["by"], ending: string])[] = [
  ["identity", "because no identity-based policy allows the kms:Decrypt action"],
  ["resource", "because no resource-based policy allows the kms:Decrypt action"],
  ["session", "because no session policy allows the kms:Decrypt action"],
  ["boundary", "because no permissions boundary allows the kms:Decrypt action"],
];

test("denialMessage says which kind of policy does not allow", () => {
  for (const [by, ending] of implicit) {
    assert.equal(denialMessage(request, { effect: "implicit-deny", by }), `${start} ${ending}`);
  }
});

const managed = "arn:aws:iam::111122223333:policy/team/no-decrypt";

const explicit: readonly (readonly [by: Decision["by"], policy: string, ending: string])[] = [
  ["identity", "inline", "with an explicit deny in an identity-based policy"],
  ["identity", managed, `with an explicit deny in an identity-based policy: ${managed}`],
  ["resource", "arn:aws:kms:eu-west-1:111122223333:key/1", "with an explicit deny in a resource-based policy"],
  ["session", "session", "with an explicit deny in a session policy"],
  ["boundary", managed, `with an explicit deny in a permissions boundary: ${managed}`],
];

test("denialMessage says which kind of policy denies, and which managed policy", () => {
  for (const [by, policy, ending] of explicit) {
    const decision: Decision = { effect: "explicit-deny", by, statement: { policy, index: 0 } };
    assert.equal(denialMessage(request, decision), `${start} ${ending}`);
  }
});

test("denialMessage calls a role's policy its trust policy and names no resource", () => {
  const assume = { ...request, action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/r" };
  const who = "User: arn:aws:sts::111122223333:assumed-role/task/0123 is not authorized to perform: sts:AssumeRole";
  const denied: Decision = { effect: "explicit-deny", by: "resource", statement: { policy: "trust", index: 0 } };
  assert.equal(denialMessage(assume, denied), `${who} with an explicit deny in the role trust policy`);
  assert.equal(
    denialMessage(assume, { effect: "implicit-deny", by: "resource" }),
    `${who} because no role trust policy allows the sts:AssumeRole action`,
  );
  assert.equal(
    denialMessage(assume, { effect: "implicit-deny", by: "identity" }),
    `${who} on resource: arn:aws:iam::111122223333:role/r because no identity-based policy allows the sts:AssumeRole action`,
  );
});

test("denialMessage names nobody where somebody showed an identity provider's token", () => {
  const arn = "arn:aws:iam::111122223333:oidc-provider/token.example.com";
  const action = "sts:AssumeRoleWithWebIdentity";
  const token: PolicyRequest = {
    ...request,
    principal: { arn, account: "111122223333", kind: "web-identity" },
    action,
  };
  const denied: Decision = { effect: "implicit-deny", by: "resource" };
  assert.equal(denialMessage(token, denied), "Not authorized to perform sts:AssumeRoleWithWebIdentity");
});

/** The examples of AWS's page on the messages, as far as these kinds of policy exist here. */
const examples: readonly (readonly [
  who: string,
  action: string,
  resource: string,
  decision: Decision,
  ending: string,
])[] = [
  [
    "user/John",
    "codedeploy:ListDeployments",
    "deploymentgroup:*",
    { effect: "implicit-deny", by: "boundary" },
    "because no permissions boundary allows the codedeploy:ListDeployments action",
  ],
  [
    "user/John",
    "sagemaker:ListModels",
    "*",
    { effect: "explicit-deny", by: "boundary" },
    "with an explicit deny in a permissions boundary",
  ],
  [
    "user/John",
    "codecommit:ListRepositories",
    "*",
    { effect: "implicit-deny", by: "session" },
    "because no session policy allows the codecommit:ListRepositories action",
  ],
  [
    "user/John",
    "secretsmanager:GetSecretValue",
    "secret:*",
    { effect: "implicit-deny", by: "resource" },
    "because no resource-based policy allows the secretsmanager:GetSecretValue action",
  ],
  [
    "user/John",
    "secretsmanager:GetSecretValue",
    "secret:*",
    { effect: "explicit-deny", by: "resource" },
    "with an explicit deny in a resource-based policy",
  ],
  [
    "user/John",
    "sts:AssumeRole",
    "",
    { effect: "implicit-deny", by: "resource" },
    "because no role trust policy allows the sts:AssumeRole action",
  ],
  [
    "user/John",
    "sts:AssumeRole",
    "",
    { effect: "explicit-deny", by: "resource" },
    "with an explicit deny in the role trust policy",
  ],
  [
    "role/HR",
    "codecommit:ListRepositories",
    "*",
    { effect: "implicit-deny", by: "identity" },
    "because no identity-based policy allows the codecommit:ListRepositories action",
  ],
  [
    "role/HR",
    "codedeploy:ListDeployments",
    "deploymentgroup:*",
    { effect: "explicit-deny", by: "identity" },
    "with an explicit deny in an identity-based policy",
  ],
];

test("denialMessage is worded as in AWS's examples", () => {
  for (const [who, action, resource, decision, ending] of examples) {
    const arn = `arn:aws:iam::123456789012:${who}`;
    const asked: PolicyRequest = { ...request, principal: { ...request.principal, arn }, action, resource };
    const on = resource === "" ? "" : ` on resource: ${resource}`;
    assert.equal(denialMessage(asked, decision), `User: ${arn} is not authorized to perform: ${action}${on} ${ending}`);
  }
});

test("denialMessage says that there is no resource as each service does", () => {
  const who = "User: arn:aws:sts::111122223333:assumed-role/task/0123 is not authorized to perform: ";
  const messages = ["kms:ListKeys", "ecs:ListClusters", "secretsmanager:ListSecrets", "sts:GetAccessKeyInfo"].map(
    (action) => denialMessage({ ...request, action, resource: "*" }, { effect: "implicit-deny", by: "identity" }),
  );
  assert.deepEqual(messages, [
    `${who}kms:ListKeys on resource: * because no identity-based policy allows the kms:ListKeys action`,
    `${who}ecs:ListClusters on resource: * because no identity-based policy allows the ecs:ListClusters action`,
    `${who}secretsmanager:ListSecrets because no identity-based policy allows the secretsmanager:ListSecrets action`,
    `${who}sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
  ]);
});
