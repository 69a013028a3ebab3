import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testRegion } from "../../test/support/in-process.ts";
import type { CallRecord } from "../front-door/audit-call.ts";
import type { Access } from "../model/call.ts";
import { ecsService } from "../services/ecs/index.ts";
import { openPlain, startFakeAgent } from "../services/ecs/test-support.fixture.ts";
import type { ControlPlane } from "./control-plane.ts";
import { taskLogsPath } from "./installation-paths.ts";
import { taskLogsHandler } from "./task-logs.ts";

async function open(attributes: readonly string[]) {
  const own = await openPlain();
  const agent = await startFakeAgent(own, { attributes: attributes.map((name) => ({ name })) });
  const { tasks } = await own.ecs.runTask({ taskDefinition: "plain" });
  const task = tasks![0]!.taskArn!;
  await agent.tell(task, "RUNNING");
  const audited: CallRecord[] = [];
  const asked: Access[] = [];
  const state = { denied: undefined as string | undefined };
  const handle = taskLogsHandler({
    plane: {
      service: { ecs: ecsService(own.context) },
      async authorize(_call: unknown, access: Access) {
        asked.push(access);
        return access.action === state.denied ? "not you" : undefined;
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
      const request = { method: "POST", path: taskLogsPath, query: "", headers: { host: "localhost" } };
      const answer = await handle({ ...request, body, remoteAddress: "127.0.0.1" });
      return { status: answer.status, body: JSON.parse(String(answer.body)) };
    },
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

test("a container's output is a session with its agent, allowed by a permission for logs and written down", async () => {
  await using server = await open(["sealift.logs"]);
  const { task, ask, own } = server;
  const { status, body } = await ask({ task, container: "app", since: "2026-01-01T01:00:00+01:00" });
  assert.equal(status, 200, JSON.stringify(body));
  assert.match(body.streamUrl, /^ws:\/\/localhost\/v1\/data-channel\/task-logs-[0-9a-f]{32}\?role=publish_subscribe$/);
  const [, id = ""] = /data-channel\/([^?]+)/.exec(body.streamUrl) ?? [];
  const { session } = (await own.context.store.exec.find(id)) ?? {};
  assert.deepEqual(session?.logs, { follow: false, masking: true, since: "2026-01-01T00:00:00.000Z" });
  const stream = `log-group:/sealift/tasks/default:log-stream:${task.split("/").at(-1)}/app`;
  const [, , , region, account] = task.split(":");
  assert.deepEqual(
    server.asked.map(({ action, resource }) => [action, resource]),
    [
      ["ecs:DescribeTasks", task],
      ["logs:GetLogEvents", `arn:aws:logs:${region}:${account}:${stream}`],
    ],
  );
  assert.deepEqual(
    server.audited.map(({ operation, error }) => [operation, error]),
    [["GetTaskLogs", undefined]],
  );
  assert.ok(!JSON.stringify(server.audited).includes(body.tokenValue));
});

test("a container's output is refused to who may not read logs, and where there is none to be had", async () => {
  await using server = await open(["sealift.logs"]);
  const { task, ask, state } = server;
  for (const action of ["ecs:DescribeTasks", "logs:GetLogEvents"]) {
    state.denied = action;
    const { body } = await ask({ task, container: "app" });
    assert.deepEqual(body, { __type: "AccessDeniedException", message: "not you" });
    assert.equal(server.audited.at(-1)?.error?.code, "AccessDeniedException");
  }
  state.denied = undefined;
  const cases: readonly (readonly [unknown, RegExp])[] = [
    ["{", /must be JSON/],
    [{ task }, /must be JSON/],
    [{ task, container: "app", follow: "yes" }, /must be JSON/],
    [{ task, container: "app", masking: 1 }, /must be JSON/],
    [{ task, container: "app", since: "soon" }, /must be JSON/],
    [{ task, container: "other" }, /The container other was not found in the task/],
    [{ task: `${task.slice(0, -4)}0000`, container: "app" }, /The referenced task was not found/],
  ];
  for (const [input, message] of cases) {
    const { status, body } = await ask(input);
    assert.deepEqual([status, body.__type], [400, "InvalidParameterException"], JSON.stringify(input));
    assert.match(body.message, message);
  }
  await using unable = await open([]);
  const { body } = await unable.ask({ task: unable.task, container: "app" });
  assert.deepEqual(body, {
    __type: "TargetNotConnectedException",
    message: "The agent of the container's machine does not read the output of containers.",
  });
});
