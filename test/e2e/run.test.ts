import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { clientsOf, createRole } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { sealiftProgram } from "../support/program.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const account = "000000000000";
const password = "run-password-5d20c1";

/** The variables that put a Sealift in the place of AWS, through the SDK's own settings. */
const inPlaceOfAws = ({ endpoint, region, credentials }: Sealift) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

const definition = (command: string, change: object = {}) => ({
  family: "once",
  executionRoleArn: `arn:aws:iam::${account}:role/once`,
  containerDefinitions: [
    {
      ...{ name: "app", image: "httpd", memory: 64, command: ["/bin/sh", "-c", command], stopTimeout: 5 },
      secrets: [{ name: "PASSWORD", valueFrom: "run-password" }],
      ...change,
    },
    {
      ...{ name: "side", image: "httpd", memory: 64, essential: false, stopTimeout: 2 },
      command: ["/bin/sh", "-c", "echo beside it >&2; exec sleep 600"],
    },
  ],
});

/** Runs the definition with the command line `words`. `onOutput` sees what was printed so far. */
async function run(
  options: { readonly temporary: string; readonly environment?: NodeJS.ProcessEnv },
  input: object,
  words: readonly string[],
  onOutput: (printed: string, interrupt: () => void) => void = () => {},
) {
  const file = join(options.temporary, "task.json");
  await writeFile(file, JSON.stringify(input));
  const { PATH, HOME, DOCKER_HOST } = process.env;
  const env = { PATH, HOME, DOCKER_HOST, TMPDIR: options.temporary, ...options.environment };
  const child = spawn(sealiftProgram, ["run", file, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  child.stdout.on("data", (data) => {
    stdout += data;
    onOutput(stdout, () => child.kill("SIGINT"));
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  const left = (await readdir(options.temporary)).filter((name) => name.startsWith("sealift-run-"));
  assert.deepEqual(left, []);
  const lines = stdout.trimEnd().split("\n").sort();
  return { code, lines, stderr };
}

test("a definition runs once with secrets of an installation that runs, of one that does not, and of AWS", {
  timeout: 480_000,
}, async (t) => {
  await using temporary = await throwAwayDirectory();
  const at = { temporary: temporary.path };
  const sealift = await startSealift({ runtime: "process" });
  t.after(() => sealift[Symbol.asyncDispose]());
  const clients = clientsOf(sealift);
  await clients.ssm.putParameter({ Name: "run-password", Type: "SecureString", Value: password });
  const here = ["--runtime", "process", "--data", sealift.data];
  const asAws = { ...at, environment: inPlaceOfAws(sealift) };
  const fromAws = ["--runtime", "process", "--from", "aws"];
  const printing = definition('echo "it is $PASSWORD"; sleep 2; exit 7');
  const masked = { code: 7, lines: ["app  | it is ***", "side | beside it"], stderr: "" };

  await t.test("of one that runs, with its values masked, and the container's exit code", async () => {
    assert.deepEqual(await run(at, printing, here), masked);
  });
  await t.test("as they are with --no-masking", async () => {
    const { lines } = await run(at, printing, [...here, "--no-masking"]);
    assert.deepEqual(lines, [`app  | it is ${password}`, "side | beside it"]);
  });
  await t.test("Ctrl-C lets the program end by itself", async () => {
    const script = "trap 'echo ending; exit 0' TERM; echo ready; while true; do sleep 0.1; done";
    let isInterrupted = false;
    const { code, lines } = await run(at, definition(script), here, (printed, interrupt) => {
      if (isInterrupted || !printed.includes("ready")) return;
      isInterrupted = true;
      interrupt();
    });
    assert.equal(code, 130);
    assert.ok(lines.includes("app  | ending"), lines.join("\n"));
  });
  await t.test("of AWS as the caller", async () => {
    assert.deepEqual(await run(asAws, printing, fromAws), masked);
    const stranger = await clients.iam.createUser({ UserName: "stranger" });
    assert.ok(stranger.User);
    const { AccessKey } = await clients.iam.createAccessKey({ UserName: "stranger" });
    const environment = {
      ...asAws.environment,
      AWS_ACCESS_KEY_ID: AccessKey!.AccessKeyId!,
      AWS_SECRET_ACCESS_KEY: AccessKey!.SecretAccessKey!,
    };
    const refused = await run({ ...at, environment }, printing, fromAws);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /AccessDeniedException.*user\/stranger is not authorized to perform: ssm:GetParameters/s,
    );
  });
  await t.test("of AWS as the execution role, where its trust allows it", async () => {
    await createRole(clients, "once", []);
    const words = [...fromAws, "--as-execution-role"];
    const refused = await run(asAws, printing, words);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^sealift: Cannot read secrets as arn:aws:iam::000000000000:role\/once: /);
    const { AccessKey } = await clients.iam.createAccessKey({
      UserName: (await clients.iam.createUser({ UserName: "developer" })).User!.UserName!,
    });
    const Principal = { AWS: `arn:aws:iam::${account}:user/developer` };
    const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] };
    await clients.iam.updateAssumeRolePolicy({ RoleName: "once", PolicyDocument: JSON.stringify(trust) });
    const environment = {
      ...asAws.environment,
      AWS_ACCESS_KEY_ID: AccessKey!.AccessKeyId!,
      AWS_SECRET_ACCESS_KEY: AccessKey!.SecretAccessKey!,
    };
    // The role may not read it; the developer alone would be told so by name.
    const denied = await run({ ...at, environment }, printing, words);
    assert.match(denied.stderr, /assumed-role\/once\/sealift-run is not authorized to perform: ssm:GetParameters/);
    const Statement = [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await clients.iam.putRolePolicy({ RoleName: "once", PolicyName: "read", PolicyDocument });
    assert.deepEqual(await run({ ...at, environment }, printing, words), masked);
  });
  await t.test("what cannot be run says why", async () => {
    const broken = await run(at, { containerDefinitions: [{ name: "a b", image: "x", memory: 4 }] }, here);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /^sealift: Cannot run the task definition: /);
    const valueFrom = `arn:aws:secretsmanager:us-east-1:${account}:secret:none-AbCdEf`;
    const unread = await run(at, definition("true", { secrets: [{ name: "PASSWORD", valueFrom }] }), here);
    assert.equal(unread.code, 1);
    // The reason alone: of containers that never ran there is no output to speak of.
    assert.match(unread.stderr, /^sealift: ResourceNotFoundException: The task can't retrieve the secret .*\n$/);
    const missing = await run(at, definition("true", { command: ["/nothing/there"] }), here);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^sealift: .*app: CannotStartContainerError/s);
    assert.match((await run(at, printing, [...here, "--from", "nowhere"])).stderr, /Cannot use --from "nowhere"/);
  });
  await sealift.end("SIGTERM");
  await t.test("of an installation that does not run", async () => {
    assert.deepEqual(await run(at, printing, here), masked);
  });
});

const skip = await skipUnless("docker");
test("a definition runs once in containers, with its log driver, and leaves none", {
  skip,
  timeout: 480_000,
}, async () => {
  await using temporary = await throwAwayDirectory();
  const docker = await connectDocker();
  await importHttpdImage(docker);
  await using sealift = await startSealift({ runtime: "process" });
  await clientsOf(sealift).ssm.putParameter({ Name: "run-password", Type: "SecureString", Value: password });
  const options = { "awslogs-group": "/once", "awslogs-region": sealift.region, "awslogs-stream-prefix": "once" };
  const input = definition('echo "it is $PASSWORD"; sleep 2; exit 3', {
    image: await importHttpdImage(docker),
    logConfiguration: { logDriver: "awslogs", options },
  });
  const at = { temporary: temporary.path };
  const before = (await docker.listContainers({ all: true })).filter(({ Names }) => String(Names).includes("once-1"));
  const { code, lines } = await run(at, input, ["--runtime", "docker", "--data", sealift.data]);
  assert.deepEqual([code, lines], [3, ["app  | it is ***", "side | beside it"]]);
  const after = (await docker.listContainers({ all: true })).filter(({ Names }) => String(Names).includes("once-1"));
  assert.deepEqual([before, after], [[], []]);
});
