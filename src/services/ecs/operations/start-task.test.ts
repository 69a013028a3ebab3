import assert from "node:assert/strict";
import { test } from "node:test";
import { meanwhile, openPlain, plainDefinition, startFakeAgent } from "../test-support.fixture.ts";

test("StartTask puts a task on the instances that are named", async () => {
  await using own = await openPlain();
  await startFakeAgent(own);
  const second = await startFakeAgent(own);
  const { tasks, failures } = await own.ecs.startTask({
    taskDefinition: "plain:1",
    containerInstances: [second.arn.split("/").at(-1)!, "missing"],
  });
  assert.equal(tasks![0]!.containerInstanceArn, second.arn);
  assert.equal(failures![0]!.reason, "MISSING");
  const { containerInstances } = await own.ecs.describeContainerInstances({ containerInstances: [second.arn] });
  assert.equal(containerInstances![0]!.pendingTasksCount, 1);
  const remaining = containerInstances![0]!.remainingResources!;
  assert.equal(remaining.find(({ name }) => name === "MEMORY")!.integerValue, 4096 - 128);
  assert.deepEqual(remaining.find(({ name }) => name === "PORTS")!.stringSetValue, ["22", "8080"]);
});

test("StartTask refuses too many instances, and a definition that is not there", async () => {
  await using own = await openPlain();
  const containerInstances = Array.from({ length: 11 }, (_, index) => `i${index}`);
  await assert.rejects(own.ecs.startTask({ taskDefinition: "plain", containerInstances }), {
    name: "InvalidParameterException",
    message: "Container instances can have at most 10 items.",
  });
  await assert.rejects(own.ecs.startTask({ taskDefinition: "none", containerInstances: ["i"] }), {
    name: "ClientException",
    message: "TaskDefinition not found.",
  });
});

const small = "arn:aws:iam::111122223333:role/small";
const big = "arn:aws:iam::111122223333:role/big";
const revision = (taskRoleArn: string) => ({ ...plainDefinition, family: "race", taskRoleArn });

test("StartTask starts the revision that was authorised, though the family got another one meanwhile", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  const agent = await startFakeAgent(own);
  race.during("iam:PassRole", () => ecs.registerTaskDefinition(revision(big)));
  const { tasks } = await ecs.startTask({ taskDefinition: "race", containerInstances: [agent.arn] });
  const { version, roleCredentials } = await agent.payload(tasks![0]!.taskArn!);
  assert.deepEqual([version, roleCredentials!.roleArn], ["1", small]);
});

test("StartTask refuses a revision or a cluster that went away while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  const agent = await startFakeAgent(own);
  const containerInstances = [agent.arn];
  race.during("ecs:StartTask", () => ecs.deregisterTaskDefinition({ taskDefinition: "race:1" }));
  const inactive = { name: "ClientException", message: "TaskDefinition is inactive" };
  await assert.rejects(ecs.startTask({ taskDefinition: "race:1", containerInstances }), inactive);
  race.during("ecs:StartTask", async () => {
    await ecs.deregisterContainerInstance({ containerInstance: agent.arn });
    await ecs.deleteCluster({ cluster: "default" });
  });
  const gone = { name: "ClusterNotFoundException", message: "The referenced cluster was inactive." };
  await assert.rejects(ecs.startTask({ taskDefinition: "plain", containerInstances }), gone);
});
