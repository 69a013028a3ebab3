import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { forwardRouter } from "../../test/support/forward-router.ts";
import { skipUnless } from "../../test/support/require.ts";
import { until } from "../../test/support/until.ts";
import type { PayloadContainer, PayloadTask } from "../acs/protocol.ts";
import { systemClock } from "../clock.ts";
import { systemTimers } from "../concurrency/timers.ts";
import { randomIds } from "../ids.ts";
import { docker, openDocker } from "../runtime/docker/engine.fixture.ts";
import { memoryState } from "./engine/engine.fixture.ts";
import { isStopped, knownStatus } from "./engine/status.ts";
import { container, credentials, payload, secret } from "./engine/task.fixture.ts";
import { taskEngine } from "./engine/task-engine.ts";
import { resources } from "./resources/index.ts";
import { fakeSecretSource } from "./secrets/fake-source.ts";

const canary = "canary-7a31c4";
const apiKey = { ...secret, name: "apikey", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;

describe("FireLens over Docker", { skip: await skipUnless("docker"), timeout: 240_000 }, () => {
  const bench = openDocker("firelens");

  function open(t: TestContext, taskArn: string, store = memoryState()) {
    const runtime = bench.runtime();
    const engine = taskEngine({
      ...{ runtime, store, resources, clock: systemClock, timers: systemTimers, ids: randomIds },
      ...{ cluster: "default", region: "eu-west-1", runtimeWait: 60_000, retryDelay: 100 },
      ecrSource() {
        throw new Error("no image here is Amazon ECR's");
      },
      secretSource: () => ({
        ...fakeSecretSource(),
        getSecretValue: async () => ({ secretString: canary }),
      }),
      objectSource: () => ({ getObject: async () => Buffer.from("# from S3\n") }),
      onChange() {},
      onRepeat() {},
      onRetry() {},
      onStray() {},
    });
    t.after(() => engine[Symbol.asyncDispose]());
    const task = () => engine.tasks().find(({ arn }) => arn === taskArn)!;
    const wait = (what: string, done: () => boolean) =>
      until(what, done, { seconds: 60, detail: () => JSON.stringify(task()) });
    async function linesOf(name: string): Promise<readonly Record<string, unknown>[]> {
      const { runtimeId = "" } = task().containers.find((one) => one.name === name)!.attempt;
      const found: Record<string, unknown>[] = [];
      for await (const { data } of runtime.logs!.read(runtimeId)) found.push(JSON.parse(data.toString()));
      return found;
    }
    return { engine, runtime, store, task, wait, linesOf };
  }

  function appOf(options: object, change: Partial<PayloadContainer> = {}): PayloadContainer {
    const hostConfig = JSON.stringify({ LogConfig: { Type: "awsfirelens", Config: options } });
    return container("app", {
      image: bench.image(),
      command: ["sh", "-c", "env; echo one; echo two >&2; trap 'exit 0' TERM; while true; do sleep 0.1; done"],
      dockerConfig: { config: "{}", hostConfig, version: "1.25" },
      secrets: [apiKey],
      ...change,
    });
  }

  for (const [type, networkMode, user] of [
    ["fluentbit", "bridge", "1000"],
    ["fluentd", "host", ""],
  ] as const) {
    test(`a router of ${type} in the network mode ${networkMode} gets what another container prints`, async (t) => {
      const arn = `arn:aws:ecs:eu-west-1:123456789012:task/default/${randomIds.hex(16)}`;
      const { engine, runtime, store, task, wait, linesOf } = open(t, arn);
      const directory = type === "fluentd" ? "/fluentd/etc" : "/fluent-bit/etc";
      const config = `${directory}/${type === "fluentd" ? "fluent.conf" : "fluent-bit.conf"}`;
      const external = `${directory}/external.conf`;
      const { hostConfig, ...program } = forwardRouter([config, external]);
      const router = container("router", {
        image: bench.image(),
        ...program,
        dockerConfig: {
          config: JSON.stringify({ User: user }),
          hostConfig: JSON.stringify(hostConfig),
          version: "1.25",
        },
        firelensConfiguration: {
          type,
          options: { "config-file-type": "s3", "config-file-value": "arn:aws:s3:::conf/extra.conf" },
        },
      });
      const output = type === "fluentd" ? "@type" : "Name";
      const change: Partial<PayloadTask> = { arn, networkMode, executionRoleCredentials: credentials };
      void engine.accept(
        payload([appOf({ [output]: "datadog", "log-driver-buffer-limit": "2097152" }), router], change),
      );
      await wait("the task runs", () => knownStatus(task()) === "RUNNING");
      const id = arn.split("/").at(-1)!;
      const lines = await until("both lines arrive", async () => {
        const found = await linesOf("router");
        return ["one", "two"].every((line) => found.some(({ log }) => log === line)) && found;
      });
      const [one, two] = ["one", "two"].map((line) => lines.find(({ log }) => log === line)!);
      assert.deepEqual([one!.tag, one!.source, two!.source], [`app-firelens-${id}`, "stdout", "stderr"]);
      const text = String(lines.find(({ path }) => path === config)?.text);
      assert.match(text, type === "fluentd" ? /apikey "#\{ENV\['apikey_0'\]\}"/ : /apikey \$\{apikey_0\}/);
      assert.equal(lines.find(({ path }) => path === external)?.text, "# from S3\n");
      const { environment } = lines.find((line) => "environment" in line) as { environment: Record<string, string> };
      assert.deepEqual([environment.apikey_0, environment.FLUENT_UID], [canary, type === "fluentd" ? "0" : undefined]);
      const printed = lines.map(({ log }) => String(log));
      const address = (await runtime.containers.inspect(task().containers[1]!.attempt.runtimeId!))?.networks?.[0]
        ?.address;
      assert.equal(printed.includes(`FLUENT_HOST=${address}`), networkMode === "bridge");
      assert.equal(printed.includes("FLUENT_PORT=24224"), networkMode === "bridge");
      assert.ok(!JSON.stringify([store.tasks(), printed]).includes(canary));
      engine.stop(arn);
      await wait("the task has stopped", () => isStopped(task()));
      await engine.remove(arn);
      assert.deepEqual([await runtime.containers.list(), await runtime.volumes!.list({})], [[], []]);
    });
  }

  test("nothing is left of a task whose agent was killed before it had a router", async (t) => {
    const arn = `arn:aws:ecs:eu-west-1:123456789012:task/default/${randomIds.hex(16)}`;
    const first = open(t, arn);
    const router = container("router", {
      image: bench.image(),
      command: ["/absent"],
      firelensConfiguration: { type: "fluentbit", options: {} },
    });
    void first.engine.accept(payload([appOf({}, { secrets: [] }), router], { arn }));
    await first.wait("the volume is there", () => first.task().resources.firelens?.status === "made");
    await first.engine[Symbol.asyncDispose]();
    const next = open(t, arn, first.store);
    await next.engine.restore();
    await next.wait("the task has stopped", () => isStopped(next.task()));
    await next.engine.remove(arn);
    assert.deepEqual([await next.runtime.containers.list(), await next.runtime.volumes!.list({})], [[], []]);
    assert.deepEqual((await docker.listVolumes({ filters: { name: [arn.split("/").at(-1)!] } })).Volumes ?? [], []);
  });
});
