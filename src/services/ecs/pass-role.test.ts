import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../../test/support/authorized-plane.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { executionRole, network, openEcs, startFakeAgent, taskRole, webDefinition } from "./test-support.fixture.ts";

const account = `arn:aws:iam::${testAccount}`;
const roles = { executionRoleArn: `${account}:role/service/execution`, taskRoleArn: `${account}:role/app` };
const definition = { family: "web", containerDefinitions: [{ name: "web", image: "busybox", memory: 64 }], ...roles };
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const ecs = { Effect: "Allow", Action: "ecs:*", Resource: "*" };

function denial(role: string, reason: string): object {
  const message = `User: ${account}:user/alice is not authorized to perform: iam:PassRole on resource: ${role} ${reason}`;
  return { name: "AccessDeniedException", message };
}

const notAllowed = "because no identity-based policy allows the iam:PassRole action";

test("whoever may do everything in ECS may give no task a role without iam:PassRole", async () => {
  await using plane = await openAuthorizedPlane();
  const root = plane.clientsOf();
  const alice = plane.clientsOf(await plane.user("alice"));
  const allow = (...statements: object[]) =>
    root.iam.putUserPolicy({ UserName: "alice", PolicyName: "p", PolicyDocument: document(ecs, ...statements) });
  await allow();
  await root.ecs.registerTaskDefinition(definition);
  const service = { serviceName: "s", taskDefinition: "web", desiredCount: 0 };
  const calls = {
    registerTaskDefinition: () => alice.ecs.registerTaskDefinition(definition),
    runTask: () => alice.ecs.runTask({ taskDefinition: "web" }),
    startTask: () => alice.ecs.startTask({ taskDefinition: "web", containerInstances: ["i"] }),
    createService: () => alice.ecs.createService(service),
    updateService: () => alice.ecs.updateService({ service: "s", taskDefinition: "web" }),
  };
  for (const call of Object.values(calls)) await assert.rejects(call, denial(roles.taskRoleArn, notAllowed));

  const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: roles.taskRoleArn };
  await allow(pass);
  for (const call of Object.values(calls)) await assert.rejects(call, denial(roles.executionRoleArn, notAllowed));

  const toTasks = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
  const both = { ...pass, Resource: Object.values(roles), Condition: toTasks };
  const never = { ...pass, Effect: "Deny", Resource: roles.executionRoleArn };
  await allow(both, never);
  for (const call of Object.values(calls)) {
    await assert.rejects(call, denial(roles.executionRoleArn, "with an explicit deny in an identity-based policy"));
  }

  await allow(both);
  await calls.registerTaskDefinition();
  await calls.createService();
  await calls.updateService();
  // It is let through as far as there is a place for it.
  const nowhere = { message: "No Container Instances were found in your cluster." };
  await assert.rejects(calls.runTask, nowhere);
  assert.equal((await calls.startTask()).failures?.[0]?.reason, "MISSING");
});

test("another role than the definition's is passed in its place", async () => {
  await using plane = await openAuthorizedPlane();
  const root = plane.clientsOf();
  const alice = plane.clientsOf(await plane.user("alice"));
  const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: Object.values(roles) };
  await root.iam.putUserPolicy({ UserName: "alice", PolicyName: "p", PolicyDocument: document(ecs, pass) });
  await root.ecs.registerTaskDefinition(definition);
  const other = `${account}:role/admin`;
  for (const overrides of [{ taskRoleArn: other }, { executionRoleArn: other }, { taskRoleArn: "admin" }]) {
    const refused = denial(other, notAllowed);
    await assert.rejects(alice.ecs.runTask({ taskDefinition: "web", overrides }), refused);
    await assert.rejects(alice.ecs.startTask({ taskDefinition: "web", containerInstances: ["i"], overrides }), refused);
  }
});

test("a role of another account is refused, whoever asks", async () => {
  await using plane = await openAuthorizedPlane();
  const { ecs } = plane.clientsOf();
  const foreign = "arn:aws:iam::444455556666:role/app";
  const refused = { name: "AccessDeniedException", message: "Cross-account pass role is not allowed." };
  await assert.rejects(ecs.registerTaskDefinition({ ...definition, taskRoleArn: foreign }), refused);
  await ecs.registerTaskDefinition(definition);
  await assert.rejects(
    ecs.createService({ serviceName: "s", taskDefinition: "web", desiredCount: 0, role: foreign }),
    refused,
  );
});

test("iam:PassRole is asked for on the roles that tasks run with, where they are registered, run or a service's", async () => {
  const asked: unknown[] = [];
  await using own = await openEcs({
    authorize: async (_call, access) => {
      if (access.action === "iam:PassRole") asked.push([access.resource, access.conditions]);
      return undefined;
    },
  });
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(webDefinition());
  const passed = (revision: string) => ({
    "iam:PassedToService": "ecs-tasks.amazonaws.com",
    "iam:AssociatedResourceArn": `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`,
  });
  assert.deepEqual(asked.splice(0), [
    [taskRole, passed("*")],
    [executionRole, passed("*")],
  ]);
  const { arn } = await startFakeAgent(own);
  const other = "arn:aws:iam::111122223333:role/other";
  await ecs.runTask({ taskDefinition: "web", networkConfiguration: network, overrides: { taskRoleArn: other } });
  assert.deepEqual(asked.splice(0), [
    [other, passed("1")],
    [executionRole, passed("1")],
  ]);
  const definitions = [
    [taskRole, passed("1")],
    [executionRole, passed("1")],
  ];
  await ecs.startTask({ taskDefinition: "web", networkConfiguration: network, containerInstances: [arn] });
  assert.deepEqual(asked.splice(0), definitions);
  const service = { taskDefinition: "web", networkConfiguration: network };
  await ecs.createService({ serviceName: "s", desiredCount: 0, ...service });
  assert.deepEqual(asked.splice(0), definitions);
  await ecs.updateService({ service: "s", ...service });
  assert.deepEqual(asked.splice(0), definitions);
  // Which tasks it runs stays as it is.
  await ecs.updateService({ service: "s", desiredCount: 1 });
  assert.deepEqual(asked, []);
  const role = "arn:aws:iam::111122223333:role/balancer";
  const app = { name: "app", image: "nginx", memory: 64, portMappings: [{ containerPort: 80 }] };
  await ecs.registerTaskDefinition({ family: "balanced", containerDefinitions: [app] });
  const loadBalancers = [{ loadBalancerName: "b", containerName: "app", containerPort: 80 }];
  const balanced = { taskDefinition: "balanced", desiredCount: 0, loadBalancers };
  const made = await ecs.createService({ serviceName: "t", role: "balancer", ...balanced });
  assert.equal(made.service!.roleArn, role);
  assert.deepEqual(asked, [
    [
      role,
      {
        "iam:PassedToService": "ecs.amazonaws.com",
        "iam:AssociatedResourceArn": "arn:aws:ecs:us-east-1:111122223333:service/default/t",
      },
    ],
  ]);
});

test("roles of another account or partition cannot be given to tasks", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await startFakeAgent(own);
  await ecs.registerTaskDefinition(webDefinition());
  const refused = { name: "AccessDeniedException", message: "Cross-account pass role is not allowed." };
  for (const role of [taskRole.replace("arn:aws:", "arn:aws-cn:"), taskRole.replace("111122223333", "444455556666")]) {
    const other = { ...webDefinition(), family: "other", taskRoleArn: role };
    await assert.rejects(ecs.registerTaskDefinition(other), refused);
    for (const overrides of [{ taskRoleArn: role }, { executionRoleArn: role }]) {
      await assert.rejects(ecs.runTask({ taskDefinition: "web", overrides, networkConfiguration: network }), refused);
      await assert.rejects(
        ecs.startTask({ taskDefinition: "web", containerInstances: ["i"], overrides, networkConfiguration: network }),
        refused,
      );
    }
  }
});
