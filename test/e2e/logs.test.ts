import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { type AwsCli, awsCli, awsEnvironment, endpointFlags, findAwsClis } from "../support/aws-cli.ts";
import { clientsOf } from "../support/clients.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { until } from "../support/until.ts";

const timeout = 300_000;
const stream = { logGroupName: "/app", logStreamName: "web/1" };

/** An aws CLI that runs until it is stopped, with what it has printed so far. */
function following(sealift: Sealift, cli: AwsCli, ...words: readonly string[]) {
  const child: ChildProcess = spawn(cli.path, [...words, ...endpointFlags(cli, sealift)], {
    env: { ...awsEnvironment(sealift), PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout?.on("data", (data: Buffer) => (printed += data));
  child.stderr?.on("data", (data: Buffer) => (printed += data));
  return {
    printed: () => printed,
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      if (child.exitCode === null) await ended;
    },
  };
}

function isVersion2({ version }: AwsCli): boolean {
  return version.startsWith("2.");
}

/** `aws logs start-live-tail` prints events since these versions. */
function printsLiveTail({ version }: AwsCli): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 2 ? minor >= 15 : minor >= 33;
}

test("aws logs", { timeout }, async (t) => {
  const clis = await findAwsClis();
  if (clis.length === 0) return t.skip("there is no aws CLI");
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const { logs } = clientsOf(sealift);
  await logs.createLogGroup({ logGroupName: stream.logGroupName });
  await logs.createLogStream(stream);
  await logs.createLogStream({ ...stream, logStreamName: "db/1" });
  const put = (message: string, logStreamName = stream.logStreamName) =>
    logs.putLogEvents({ ...stream, logStreamName, logEvents: [{ timestamp: Date.now(), message }] });
  await put('{"level":"error","ms":5}');
  await put('{"level":"info","ms":7}');
  await put("from the database", "db/1");

  for (const cli of clis) {
    const aws = awsCli(cli, sealift);
    const name = `aws-cli ${cli.version}`;

    await t.test(`start-query and get-query-results (${name})`, async () => {
      const now = Math.floor(Date.now() / 1000);
      const { queryId } = await aws<{ queryId: string }>(
        ...["logs", "start-query", "--log-group-name", stream.logGroupName],
        ...["--start-time", String(now - 3600), "--end-time", String(now + 60)],
        ...[
          "--query-string",
          "fields level, ms | filter ispresent(ms) | stats sum(ms) as total by level | sort total desc",
        ],
      );
      const answer = await until("the query is complete", async () => {
        const one = await aws<{ status: string; results: unknown }>("logs", "get-query-results", "--query-id", queryId);
        return one.status === "Complete" && one;
      });
      assert.deepEqual(answer.results, [
        [
          { field: "level", value: "info" },
          { field: "total", value: "7" },
        ],
        [
          { field: "level", value: "error" },
          { field: "total", value: "5" },
        ],
      ]);
    });

    await t.test(`tail (${name})`, { skip: isVersion2(cli) ? false : "version 1 has no tail" }, async () => {
      const tail = async (...words: string[]) => {
        await using child = following(sealift, cli, "logs", "tail", stream.logGroupName, ...words);
        return await until("it has printed", () => /\n$/.test(child.printed()) && child.printed(), { seconds: 60 });
      };
      const short = await tail("--format", "short", "--filter-pattern", '{ $.level = "error" }');
      assert.match(short, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d \{"level":"error","ms":5\}\n$/);
      const detailed = await tail("--log-stream-names", "db/1", "--since", "10m", "--format", "detailed");
      assert.match(detailed, /^\S+ db\/1 from the database\n$/);
    });

    await t.test(`tail --follow (${name})`, { skip: isVersion2(cli) ? false : "version 1 has no tail" }, async () => {
      await using child = following(sealift, cli, "logs", "tail", stream.logGroupName, "--follow", "--format", "short");
      await until("it shows what was there", () => child.printed().includes("from the database"), { seconds: 60 });
      await put(`followed by ${name}`);
      await until("it shows what came", () => child.printed().includes(`followed by ${name}`), {
        ...{ seconds: 60, detail: child.printed },
      });
      assert.equal(child.printed().split("from the database").length, 2, "each event once");
    });

    const skip = printsLiveTail(cli) ? false : "this version does not print it";
    await t.test(`start-live-tail (${name})`, { skip }, async () => {
      const arn = `arn:aws:logs:${sealift.region}:000000000000:log-group:${stream.logGroupName}`;
      const words = ["--log-group-identifiers", arn, "--log-event-filter-pattern", "live"];
      await using child = following(sealift, cli, "logs", "start-live-tail", ...words);
      // It shows what comes once its session has begun.
      await until(
        "it shows what comes",
        async () => {
          await put("other");
          await put(`live for ${name}`);
          return child.printed().includes(`live for ${name}`);
        },
        { seconds: 60, pause: 500, detail: child.printed },
      );
      assert.ok(!child.printed().includes("other"), "only what matches");
    });
  }
});
