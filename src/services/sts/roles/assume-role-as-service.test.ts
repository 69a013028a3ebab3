import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { randomIds } from "../../../ids.ts";
import { ensureRole } from "../../iam/index.ts";
import { iamArn, openSts, stsArn, trusting, trustingAccount } from "../sts.fixture.ts";
import { assumeRoleAsService } from "./assume-role-as-service.ts";
import type { RoleFinder } from "./find.ts";

const service = "ecs-tasks.amazonaws.com";

for (const kind of databases()) {
  test(`assumeRoleAsService wants the trust policy to name that very service (${kind.name})`, async (t) => {
    await using context = await openSts(kind);
    const { clock, plane, tokens } = context;
    const confused = {
      ...trusting({ Service: service }),
      Condition: {
        StringEquals: { "aws:SourceAccount": testAccount },
        ArnLike: { "aws:SourceArn": `arn:aws:ecs:us-east-1:${testAccount}:*` },
      },
    };
    const conditions = {
      "aws:SourceAccount": testAccount,
      "aws:SourceArn": `arn:aws:ecs:us-east-1:${testAccount}:task/default/1`,
    };
    const cases: [string, object, string, Record<string, string>, boolean][] = [
      ["named", trusting({ Service: service }), service, {}, true],
      ["one of several", trusting({ Service: ["ec2.amazonaws.com", service] }), service, {}, true],
      ["another", trusting({ Service: "ecs.amazonaws.com" }), service, {}, false],
      ["the other way round", trusting({ Service: service }), "ecs.amazonaws.com", {}, false],
      ["the account only", trustingAccount, service, {}, false],
      ["conditions that hold", confused, service, conditions, true],
      ["conditions that do not hold", confused, service, { ...conditions, "aws:SourceAccount": "999988887777" }, false],
      ["conditions without values", confused, service, {}, false],
    ];
    for (const [name, trust, asking, given, allowed] of cases) {
      await t.test(name, async () => {
        const { arn: roleArn } = await context.role("exec", [trust]);
        const asked = { service: asking, roleArn, sessionName: "task1", durationSeconds: 21_600, conditions: given };
        const result = await assumeRoleAsService({ ...plane, clock }, asked);
        if (!allowed)
          assert.match("denied" in result ? result.denied : "", /not authorized to perform: sts:AssumeRole/);
        else if ("denied" in result) assert.fail(result.denied);
        else {
          const opened = tokens.open(result.credentials.sessionToken);
          assert.equal(opened?.principal.arn, stsArn("assumed-role/exec/task1"));
          const seconds = Math.floor(clock.now().getTime() / 1000) + 21_600;
          assert.deepEqual(result.credentials.expiration, new Date(seconds * 1000));
        }
        await context.root.iam.deleteRole({ RoleName: "exec" });
      });
    }
    const none = { service, roleArn: iamArn("role/none"), sessionName: "s", durationSeconds: 900 };
    assert.deepEqual(await assumeRoleAsService({ ...plane, clock }, none), {
      denied: `The role ${iamArn("role/none")} cannot be found`,
    });
  });

  test(`ensureRole makes the instance role once, for its service and with its policy (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { clock, plane } = context;
    const { iam } = context.root;
    const wanted = {
      account: testAccount,
      partition: "aws",
      name: "ecsInstanceRole",
      principal: { Service: "ec2.amazonaws.com" },
      awsPolicies: ["service-role/AmazonEC2ContainerServiceforEC2Role"],
    };
    const made = { store: plane.iam, clock, ids: randomIds };
    const [first, second] = await Promise.all([ensureRole(made, wanted), ensureRole(made, wanted)]);
    assert.deepEqual([first, second], [iamArn("role/ecsInstanceRole"), iamArn("role/ecsInstanceRole")]);
    assert.equal((await iam.listRoles({})).Roles?.length, 1);
    const attached = await iam.listAttachedRolePolicies({ RoleName: "ecsInstanceRole" });
    assert.deepEqual(
      attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName),
      ["AmazonEC2ContainerServiceforEC2Role"],
    );
    const result = await assumeRoleAsService(
      { ...plane, clock },
      { service: "ec2.amazonaws.com", roleArn: first, sessionName: "i-1", durationSeconds: 900 },
    );
    assert.ok("credentials" in result);
  });
}

test("assumeRoleAsService reads the role once: the one it decides on is the one of the session", async () => {
  await using context = await openSts();
  const { clock, plane, root, tokens } = context;
  const authorised = await context.role("exec", [trusting({ Service: service })]);
  let reads = 0;
  const iam: RoleFinder = {
    roles: {
      async find(...asked) {
        const found = await plane.iam.roles.find(...asked);
        reads++;
        await root.iam.deleteRole({ RoleName: "exec" });
        await root.iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: policy(trustingAccount) });
        return found;
      },
    },
  };
  const asked = { service, roleArn: authorised.arn, sessionName: "task1", durationSeconds: 900 };
  const result = await assumeRoleAsService({ iam, sessions: plane.sessions, clock }, asked);
  assert.equal(reads, 1);
  if ("denied" in result) assert.fail(result.denied);
  assert.equal(tokens.open(result.credentials.sessionToken)?.principal.userId, `${authorised.id}:task1`);
});
