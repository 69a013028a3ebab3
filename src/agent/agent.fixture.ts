import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { PayloadTask } from "../acs/protocol.ts";
import { fakeClock } from "../clock.ts";
import { fakeTimers } from "../concurrency/timers.ts";
import { randomIds } from "../ids.ts";
import type { Log } from "../log.ts";
import { type FakeRuntime, type FakeRuntimeOptions, fakeRuntime } from "../runtime/fake.ts";
import { type AgentOptions, startAgent } from "./agent.ts";
import { openState } from "./engine/sqlite-state.ts";
import { awsvpc, container, credentials, payload, secret } from "./engine/task.fixture.ts";
import {
  type Answer,
  type Call,
  fakeControlPlane,
  instanceArn,
  instanceCredentials,
} from "./link/control-plane.fixture.ts";

export const secretValue = "canary-secret-value";
const parameter = { ...secret, name: "TOKEN", provider: "ssm", valueFrom: "/token" } as const;

/** The sessions of the task's own role. */
export const taskRole = { ...credentials, credentialsId: "task-role", secretAccessKey: "canary-task-role-key" };
export const refreshed = {
  ...taskRole,
  secretAccessKey: "canary-refreshed-key",
  sessionToken: "canary-refreshed-token",
};

/** The stores that secrets are read from, for who has the execution role's session. */
export function secretStores({ target, accessKeyId }: Call): Answer | undefined {
  if (accessKeyId !== credentials.accessKeyId) return undefined;
  if (target === "secretsmanager.GetSecretValue") return { body: { Name: "password", SecretString: secretValue } };
  if (target === "AmazonSSM.GetParameters") {
    return { body: { Parameters: [{ Name: "/token", Value: secretValue }], InvalidParameters: [] } };
  }
  return undefined;
}

/** As long as nothing has come, an agent does not take itself for connected. */
const greeting = JSON.stringify({ type: "HeartbeatMessage", message: { messageId: "greeting", healthy: true } });

export const denied = (call: Call): Answer | undefined =>
  call.target === "secretsmanager.GetSecretValue"
    ? { status: 400, body: { __type: "AccessDeniedException", message: "not authorized" } }
    : undefined;

export async function world(
  context: TestContext,
  {
    answer = secretStores,
    ...runtimeOptions
  }: { answer?: (call: Call) => Answer | undefined | Promise<Answer | undefined> } & Partial<FakeRuntimeOptions> = {},
) {
  const directory = await mkdtemp(join(tmpdir(), "agent-"));
  context.after(() => rm(directory, { recursive: true, force: true }));
  const clock = fakeClock();
  const timers = fakeTimers();
  // The SDK's clients sign with the real time, the session with the agent's clock.
  const real = new Date();
  clock.advance(real.getTime() - clock.now().getTime());
  const plane = await fakeControlPlane({ now: () => clock.now(), answer });
  context.after(() => plane[Symbol.asyncDispose]());
  plane.state.greeting.push(greeting);
  const runtime = fakeRuntime({ clock, ids: randomIds, ...runtimeOptions });
  const lines: string[] = [];
  const write = (fields: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(fields)} ${String((fields as { err?: unknown }).err)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const stateFile = join(directory, "state", "agent.db");
  const options: AgentOptions = {
    cluster: "default",
    endpoints: [plane.endpoint],
    region: "eu-west-1",
    credentials: async () => instanceCredentials,
    runtime,
    stateFile,
    fargate: true,
    cleanupWait: 60_000,
    clock,
    ids: randomIds,
    log,
    timers,
  };
  return {
    plane,
    runtime,
    clock,
    timers,
    lines,
    options,
    /** The tasks that another agent would find after a kill -9 at this moment. */
    async saved() {
      const copy = await mkdtemp(join(directory, "copy-"));
      await cp(join(stateFile, ".."), copy, { recursive: true });
      await using state = openState(join(copy, "agent.db"));
      return state.tasks();
    },
    async stateText() {
      const texts = [stateFile, `${stateFile}-wal`].map((path) => readFile(path, "latin1").catch(() => ""));
      return (await Promise.all(texts)).join("\n");
    },
    /** Starts an agent that has connected. */
    async start(change: Partial<AgentOptions> = {}) {
      const before = plane.sockets.length;
      const agent = await startAgent({ ...options, ...change });
      await plane.connected(before + 1);
      return agent;
    },
    place(task: PayloadTask, messageId = "payload-1"): void {
      const addressed = { clusterArn: "default", containerInstanceArn: instanceArn };
      plane.send("PayloadMessage", { ...addressed, messageId, generatedAt: 1, tasks: [task] });
    },
    /** What it was told of the end of the task's containers; that may come before the task's. */
    ends: () =>
      plane.calls
        .flatMap(({ body }) => (body.containers ?? []) as { status: string; exitCode?: number; reason?: string }[])
        .filter(({ status }) => status === "STOPPED"),
    /** What the control plane is told of the task once it is told that status. */
    told: (status: string) =>
      plane.until(
        () =>
          plane.calls.findLast(({ target, body }) => target === "ecs.SubmitTaskStateChange" && body.status === status)
            ?.body,
      ),
  };
}

export const withSecrets = payload([container("main", { secrets: [secret, parameter] })], {
  ...awsvpc(),
  executionRoleCredentials: credentials,
  roleCredentials: taskRole,
});

export const runningIds = async (runtime: FakeRuntime) =>
  (await runtime.containers.list()).filter(({ status }) => status === "running").map(({ id }) => id);
