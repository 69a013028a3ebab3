import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testRegion } from "../../test/support/in-process.ts";
import type { CallRecord } from "../front-door/audit-call.ts";
import type { Access } from "../model/call.ts";
import { ecsService } from "../services/ecs/index.ts";
import { openPlain, startFakeAgent } from "../services/ecs/test-support.fixture.ts";
import type { ControlPlane } from "./control-plane.ts";
import { taskStatsPath } from "./installation-paths.ts";
import { taskStatsHandler } from "./task-stats.ts";

async function open() {
  const own = await openPlain();
  const agent = await startFakeAgent(own);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "plain" });
  const task = tasks![0]!.taskArn!;
  await agent.tell(task, "RUNNING");
  const audited: CallRecord[] = [];
  const asked: Access[] = [];
  const state = { denial: undefined as string | undefined };
  const handle = taskStatsHandler({
    plane: {
      service: { ecs: ecsService(own.context) },
      async authorize(_call: unknown, access: Access) {
        asked.push(access);
        return state.denial;
      },
      ecs: own.context,
      surroundings: own.context,
      audit: (record: CallRecord) => void audited.push(record),
    } as unknown as ControlPlane,
    authenticate: async () => ({ principal: rootPrincipal, region: testRegion }),
    partition: "aws",
  });
  return {
    ...{ own, task, audited, asked, state },
    async ask(input: unknown) {
      const body = Buffer.from(typeof input === "string" ? input : JSON.stringify(input));
      const request = { method: "POST", path: taskStatsPath, query: "", headers: { host: "localhost" } };
      const answer = await handle({ ...request, body, remoteAddress: "127.0.0.1" });
      return { status: answer.status, body: JSON.parse(String(answer.body)) };
    },
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

test("task stats are the latest figures, allowed by ecs:DescribeTasks on each task and written down", async () => {
  await using server = await open();
  const { own, task, ask } = server;
  assert.deepEqual(await ask({ tasks: [task] }), { status: 200, body: { tasks: [{ taskArn: task }], failures: [] } });
  const at = own.clock.now().getTime();
  own.context.figures.put(task, { at, containers: [{ name: "app", cpu: 128, memory: 20 }] });
  const missing = `${task.slice(0, -4)}0000`;
  const { body } = await ask({ cluster: "default", tasks: [task.split("/").at(-1), missing] });
  assert.deepEqual(body, {
    tasks: [{ taskArn: task, at: new Date(at).toISOString(), containers: [{ name: "app", cpu: 128, memory: 20 }] }],
    failures: [{ arn: missing, reason: "MISSING" }],
  });
  assert.deepEqual(
    server.asked.map(({ action, resource }) => [action, resource]),
    [task, task, missing].map((resource) => ["ecs:DescribeTasks", resource]),
  );
  assert.deepEqual(
    server.audited.map(({ operation, error }) => [operation, error]),
    [
      ["GetTaskStats", undefined],
      ["GetTaskStats", undefined],
    ],
  );
});

test("task stats are refused to who may not describe the tasks, and where the request makes no sense", async () => {
  await using server = await open();
  const { ask, task, state } = server;
  state.denial = "not you";
  assert.deepEqual(await ask({ tasks: [task] }), {
    status: 400,
    body: { __type: "AccessDeniedException", message: "not you" },
  });
  assert.equal(server.audited.at(-1)?.error?.code, "AccessDeniedException");
  state.denial = undefined;
  const cases: readonly (readonly [unknown, string, RegExp])[] = [
    ["{", "InvalidParameterException", /must be JSON/],
    [null, "InvalidParameterException", /must be JSON/],
    [{ tasks: [1] }, "InvalidParameterException", /must be JSON/],
    [{ tasks: [], cluster: {} }, "InvalidParameterException", /must be JSON/],
    [{ tasks: [] }, "InvalidParameterException", /Tasks cannot be empty/],
    [{ tasks: Array(101).fill(task) }, "InvalidParameterException", /at most 100/],
    [{ tasks: [task], cluster: "nowhere" }, "InvalidParameterException", /Identifier is for cluster/],
    [{ tasks: ["a"], cluster: "nowhere" }, "ClusterNotFoundException", /Cluster not found/],
  ];
  for (const [input, type, message] of cases) {
    const { status, body } = await ask(input);
    assert.deepEqual([status, body.__type], [400, type], JSON.stringify(input));
    assert.match(body.message, message);
  }
});
