import assert from "node:assert/strict";
import { test } from "node:test";
import { testCall } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import type { Access, Call, Principal } from "../../../model/call.ts";
import { conditionContext, knownContext } from "./condition-keys.ts";

const access: Access = { action: "ssm:GetParameter", resource: "*" };

function find(key: string, call: Partial<Call>, more: Partial<Access> = {}) {
  const context = conditionContext({ ...testCall(fakeClock()), ...call }, { ...access, ...more }, {});
  return typeof context === "function" ? context(key) : undefined;
}

for (const [sourceIp, expected] of [
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["secretsmanager.amazonaws.com", undefined],
  ["", undefined],
] as const) {
  test(`aws:SourceIp of a call from '${sourceIp}' is ${expected}`, () => {
    assert.equal(find("aws:sourceip", { sourceIp }), expected);
  });
}

test("aws:CalledVia has every service of a chain, in order", () => {
  const chain = ["ssm.amazonaws.com", "secretsmanager.amazonaws.com"];
  for (const [call, more] of [
    [{}, { calledVia: chain }],
    [{ calledVia: chain }, {}],
    [{ calledVia: ["ssm.amazonaws.com"] }, { calledVia: chain }],
  ]) {
    assert.deepEqual(find("aws:calledvia", call!, more), chain);
    assert.equal(find("aws:calledviafirst", call!, more), chain[0]);
    assert.equal(find("aws:calledvialast", call!, more), chain[1]);
    assert.equal(find("aws:viaawsservice", call!, more), "true");
  }
  assert.deepEqual(find("aws:calledvia", {}), []);
  assert.equal(find("aws:calledviafirst", {}), undefined);
  assert.equal(find("aws:viaawsservice", {}), "false");
});

test("a service as the principal has its name, and no account", () => {
  const principal: Principal = {
    kind: "service",
    arn: "ecs-tasks.amazonaws.com",
    account: "",
    userId: "",
    accessKeyId: "",
  };
  assert.equal(find("aws:principalisawsservice", { principal }), "true");
  assert.equal(find("aws:principalservicename", { principal }), "ecs-tasks.amazonaws.com");
  assert.deepEqual(find("aws:principalservicenameslist", { principal }), ["ecs-tasks.amazonaws.com"]);
  assert.equal(find("aws:principalaccount", { principal }), undefined);
});

test("aws:MultiFactorAuthPresent is absent with long-term credentials, and false with those of a session", () => {
  const user = {
    kind: "user",
    arn: "arn:aws:iam::1:user/u",
    account: "1",
    userId: "AIDA",
    accessKeyId: "AKIA",
  } as const;
  assert.equal(find("aws:multifactorauthpresent", { principal: user }), undefined);
  for (const kind of ["root", "user", "assumed-role", "federated-user"] as const) {
    const principal: Principal = { ...user, kind, sessionIssuedAt: new Date(0) };
    assert.equal(find("aws:multifactorauthpresent", { principal }), "false", kind);
    assert.equal(find("aws:multifactorauthage", { principal }), undefined, kind);
  }
});

test("a session with a multi-factor device tells that, and for how many seconds", () => {
  const call = testCall(fakeClock());
  const mfaAuthenticatedAt = new Date(call.time.getTime() - 90_900);
  const principal: Principal = { ...call.principal, sessionIssuedAt: mfaAuthenticatedAt, mfaAuthenticatedAt };
  assert.equal(find("aws:multifactorauthpresent", { principal }), "true");
  assert.equal(find("aws:multifactorauthage", { principal }), "90");
});

test("knownContext has what conditionContext would find, and no key that the request lacks", () => {
  const call = testCall(fakeClock());
  const principal = { ...call.principal, sessionKeys: { "aws:FederatedProvider": "token.example.com" } };
  const known = knownContext({ ...call, principal }, access, {});
  assert.deepEqual(known["aws:FederatedProvider"], ["token.example.com"]);
  assert.ok(!("aws:calledvia" in known));
  for (const [key, values] of Object.entries(known)) assert.ok(values.length > 0, key);
});

test("a key is found in whatever case, also among more names than are remembered in lower case", () => {
  const names = [
    ...Array.from({ length: 1_500 }, (_, index) => `aws:ResourceTag/Team${index}`),
    `ssm:${"N".repeat(500)}`,
  ];
  const conditions = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
  for (const name of [...names, ...names]) {
    assert.equal(find(name.toLowerCase(), {}, { conditions }), `value of ${name}`);
  }
  assert.equal(find("aws:resourcetag/team1500", {}, { conditions }), undefined);
});
