import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { openLogsStandIn } from "../../test/support/cloudwatch-logs.ts";
import { skipUnless } from "../../test/support/require.ts";
import { until } from "../../test/support/until.ts";
import type { PayloadContainer, PayloadTask } from "../acs/protocol.ts";
import { systemClock } from "../clock.ts";
import { systemTimers } from "../concurrency/timers.ts";
import { defined } from "../defined.ts";
import { randomIds } from "../ids.ts";
import { silentLog } from "../log.ts";
import { readMarks, withMasks } from "../masking/index.ts";
import { openDocker } from "../runtime/docker/engine.fixture.ts";
import { awslogsDelivery } from "./awslogs-delivery.ts";
import { memoryState } from "./engine/engine.fixture.ts";
import { isStopped } from "./engine/status.ts";
import { container, credentials, payload, secret, taskArn } from "./engine/task.fixture.ts";
import { taskEngine } from "./engine/task-engine.ts";
import { endpointsOf } from "./link/endpoints.ts";
import { logStreams } from "./log-streams.ts";
import { taskMaskers } from "./output/task-maskers.ts";
import { resources } from "./resources/index.ts";
import { fakeSecretSource } from "./secrets/fake-source.ts";
import { openTaskEndpoint } from "./task-metadata/endpoint.ts";

const session = { ...credentials, credentialsId: randomIds.uuid(), expiration: "2099-01-01T00:00:00Z" };
const secretValue = "correct-horse-battery";
const denied = {
  type: "AccessDeniedException",
  message:
    "User: arn:aws:sts::123456789012:assumed-role/execution/x is not authorized to perform: logs:CreateLogStream",
};

describe("the log driver awslogs of Docker", { skip: await skipUnless("docker"), timeout: 240_000 }, () => {
  const bench = openDocker("awslogs");

  const instanceCredentials = async () => ({
    accessKeyId: "ASIAINSTANCE",
    secretAccessKey: "key",
    sessionToken: "instance",
  });

  /** The engine and the task endpoint over Docker, with the stand-in in the place of the control plane. */
  async function open(t: TestContext) {
    const logs = await openLogsStandIn();
    const runtime = bench.runtime();
    const store = memoryState();
    const endpoints = endpointsOf([logs.url]);
    const shared = { runtime, store, clock: systemClock, timers: systemTimers, ids: randomIds };
    const names = { cluster: "default", region: "eu-west-1" };
    const endpoint = await openTaskEndpoint({
      ...shared,
      ...names,
      ...{ endpoints, controlPlane: { tags: async () => ({}) }, tellsEndpoint: true, log: silentLog },
      maskers: taskMaskers({ runtime, resources, clock: systemClock }),
      instanceCredentials,
    });
    assert.ok(endpoint);
    const engine = taskEngine({
      ...shared,
      ...names,
      resources,
      ...defined({
        awslogs: awslogsDelivery({ served: endpoint.awslogs!, isAws: false, hasDriver: true, canRead: true }),
      }),
      variables: endpoint.variables,
      logStreams: logStreams({ endpoints, instanceCredentials }),
      runtimeWait: 60_000,
      retryDelay: 100,
      ecrSource() {
        throw new Error("no image here is Amazon ECR's");
      },
      secretSource: () => ({
        ...fakeSecretSource({ secret: () => secretValue }),
        [Symbol.asyncDispose]: async () => {},
      }),
      objectSource() {
        throw new Error("no task here has environment files");
      },
      onChange() {},
      onRepeat() {},
      onRetry() {},
      onStray() {},
    });
    endpoint.serve(engine, {
      containerInstanceArn: "instance",
      machine: { subnet: { cidr: "10.0.0.0/8", gateway: "10.0.0.1" } },
    });
    const task = () => engine.tasks()[0]!;
    const wait = (what: string, done: () => boolean) =>
      until(what, done, { seconds: 60, detail: () => JSON.stringify(task()) });
    t.after(async () => {
      engine.stop(taskArn);
      await wait("the task has stopped", () => isStopped(task()));
      await engine.remove(taskArn);
      assert.deepEqual(await runtime.containers.list(), []);
      for (const one of [engine, endpoint, logs]) await one[Symbol.asyncDispose]();
    });
    function accept(
      options: object,
      change: Partial<PayloadTask> & {
        readonly asExecutionRole?: boolean;
        readonly main?: Partial<PayloadContainer>;
      } = {},
    ): void {
      const { asExecutionRole = true, main: more, ...rest } = change;
      const Config = { "awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1", ...options };
      const hostConfig = JSON.stringify({ LogConfig: { Type: "awslogs", Config } });
      const main = container("main", {
        image: bench.image(),
        command: ["sh", "-c", "echo first; echo second >&2; trap 'exit 0' TERM; while true; do sleep 0.1; done"],
        dockerConfig: { config: "{}", hostConfig, version: "1.25" },
        ...(asExecutionRole && { logsAuthStrategy: "ExecutionRole" as const }),
        ...more,
      });
      engine.accept(payload([main], { ...(asExecutionRole && { executionRoleCredentials: session }), ...rest }));
    }
    return { logs, store, engine, task, wait, accept };
  }

  test("delivers to this installation as the execution role", async (t) => {
    const { logs, accept, store } = await open(t);
    accept({ "awslogs-stream": "web/main/0123", "awslogs-create-group": "true" });
    for (const line of ["first", "second"]) await logs.wait(line);
    for (const { input, accessKeyId, sessionToken, region, host } of logs.calls) {
      assert.deepEqual(
        [input.logGroupName, accessKeyId, sessionToken, region],
        ["/ecs/web", session.accessKeyId, session.sessionToken, "eu-west-1"],
      );
      assert.match(host ?? "", /^169\.254\.170\.2:\d+$/);
    }
    assert.equal(
      logs.calls.find(({ operation }) => operation === "CreateLogStream")?.input.logStreamName,
      "web/main/0123",
    );
    assert.ok(!JSON.stringify(store.tasks()).includes(session.sessionToken));
  });

  test("says where the output of a task shows its secret values, and leaves it as it is", async (t) => {
    const { logs, accept } = await open(t);
    const script = 'echo "password: $PASSWORD."; printf %s "$PASSWORD" | base64; echo nothing; exec sleep 3600';
    accept(
      { "awslogs-stream": "web/main/0123" },
      { main: { secrets: [secret], command: ["sh", "-c", script], stopTimeout: 1 } },
    );
    await logs.wait("nothing");
    const batches = logs.calls.filter(({ operation }) => operation === "PutLogEvents");
    const masked = batches.flatMap(({ input: { logEvents = [] }, marks = "" }) => {
      const spans = readMarks(marks, logEvents.length);
      assert.ok(spans, marks);
      return logEvents.map(({ message }, index) => withMasks(Buffer.from(message), spans[index] ?? []).toString());
    });
    assert.deepEqual(masked, ["password: ***.", "***", "nothing"]);
    assert.equal(logs.messages()[0], `password: ${secretValue}.`);
    // Signed by the driver for the address that it was given.
    assert.ok(logs.calls.every(({ sessionToken }) => sessionToken === session.sessionToken));
  });

  test("delivers as the container instance where the task has no execution role", async (t) => {
    const { logs, accept } = await open(t);
    accept({ "awslogs-stream": "web/main/0123" }, { asExecutionRole: false });
    await logs.wait("first");
    assert.deepEqual(new Set(logs.calls.map(({ accessKeyId }) => accessKeyId)), new Set(["ASIAINSTANCE"]));
  });

  test("finds its session also where another agent has the standard port", async (t) => {
    const other = bench.open({ prefix: `${bench.prefix}-other` });
    const door = await other.linkLocal!.open();
    try {
      await door.listen(80, (connection) => connection.destroy());
      const { logs, accept } = await open(t);
      accept({ "awslogs-stream": "web/main/0123" });
      await logs.wait("first");
      assert.equal(logs.calls[0]?.sessionToken, session.sessionToken);
    } finally {
      await door[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    }
  });

  for (const [launchType, expected] of [
    [
      "EC2",
      /^CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: .*AccessDeniedException/s,
    ],
    [
      "FARGATE",
      /^ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: .*AccessDeniedException: User: .* : exit status 1$/,
    ],
  ] as const) {
    for (const mode of ["blocking", "non-blocking"]) {
      test(`a role that may not make the stream stops a task of ${launchType} with a ${mode} driver in AWS's words`, async (t) => {
        const { logs, accept, wait, task } = await open(t);
        logs.refuse("CreateLogStream", denied);
        accept({ "awslogs-stream": "web/main/0123", mode }, { launchType });
        await wait("the task has stopped", () => isStopped(task()));
        const { reason, containers } = task();
        assert.match((launchType === "EC2" ? containers[0]?.attempt.reason : reason) ?? "", expected);
      });
    }
  }

  test("a group that is not there is made for a driver that does not block, where it is to be", async (t) => {
    const { logs, accept, wait, task } = await open(t);
    const missing = { type: "ResourceNotFoundException", message: "The specified log group does not exist." };
    logs.refuse("CreateLogStream", missing);
    accept({ "awslogs-stream": "web/main/0123", mode: "non-blocking", "awslogs-create-group": "true" });
    await wait("the task has stopped", () => isStopped(task()));
    assert.equal(logs.calls.find(({ operation }) => operation === "CreateLogGroup")?.input.logGroupName, "/ecs/web");
    assert.match(
      task().containers[0]?.attempt.reason ?? "",
      /log stream: ResourceNotFoundException: The specified log group/,
    );
  });
});
