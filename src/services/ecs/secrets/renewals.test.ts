import assert from "node:assert/strict";
import { test } from "node:test";
import { db, openHolder } from "./held.fixture.ts";
import { renewalInterval } from "./renewals.ts";

const dockerLabels = { "sealift.secrets.on-change": "signal:HUP" };

async function openRunning() {
  const own = await openHolder({ dockerLabels });
  const { ecs, agent, timers, clock } = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "holder" });
  const task = tasks![0]!.taskArn!;
  await agent.tell(task, "RUNNING", { held: await own.held() });
  return {
    ...own,
    task,
    async later(milliseconds: number) {
      clock.advance(milliseconds);
      timers.fire(renewalInterval);
      await agent.session().idle();
      return agent.messages("RenewSecretsMessage");
    },
  };
}

test("An agent is told of newer versions, with a session of the execution role, until the task holds them", async () => {
  await using own = await openRunning();
  const { now, later, task, agent } = own;
  assert.equal((await later(0)).length, 0);
  now.set(db, "v2");
  const [message] = await later(0);
  assert.equal(message!.taskArn, task);
  assert.equal(message!.executionRoleCredentials.sessionToken, task.split("/").at(-1));
  assert.equal((await later(14_999)).length, 1);
  assert.equal((await later(1)).length, 2);
  now.set(db, "v3");
  assert.equal((await later(0)).length, 3);
  await agent.tell(task, "RUNNING", { containers: [], held: await own.held() });
  assert.equal((await later(60_000)).length, 3);
});

test("Another session goes on where one ended", async () => {
  await using own = await openRunning();
  own.now.set(db, "v2");
  await own.later(0);
  await own.agent.disconnect();
  await own.agent.connect();
  assert.equal((await own.later(0)).length, 2);
});

test("What failed is shown with the task, until it holds other versions", async () => {
  await using own = await openRunning();
  const { ecs, agent, task, now } = own;
  now.set(db, "v2");
  const [message] = await own.later(0);
  const { messageId } = message!;
  agent.session().receive({ type: "RenewSecretsFailure", message: { messageId, taskArn: task, reason: "denied" } });
  await agent.session().idle();
  const tag = async () => {
    const { tasks } = await ecs.describeTasks({ tasks: [task], include: ["TAGS"] });
    return tasks![0]!.tags!.find(({ key }) => key === "sealift:secrets-failure")?.value;
  };
  assert.equal(await tag(), "denied");
  await agent.tell(task, "RUNNING", { containers: [], held: await own.held() });
  assert.equal(await tag(), undefined);
});
