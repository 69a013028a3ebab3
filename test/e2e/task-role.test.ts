import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { outputOf } from "../../src/runtime/docker/engine.fixture.ts";
import { enginePrefix } from "../../src/server/open-runtime.ts";
import { canaries, filesWithCanaries, watchCommandLines } from "../support/canaries.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containersOf, inspectedEnvironment } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { networkConfiguration, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const account = "123456789012";
const modules = dirname(dirname(await realpath(new URL(import.meta.resolve("@aws-sdk/client-sts")).pathname))).replace(
  /node_modules.*/,
  "node_modules",
);
const node = await realpath(process.execPath);

/** Whoever runs in it knows nothing but what every container is told. */
const javascript = `
  const { STS } = require("${modules}/@aws-sdk/client-sts");
  const sts = new STS();
  (async () => {
    const { Arn } = await sts.getCallerIdentity();
    const { WebIdentityToken } = await sts.getWebIdentityToken({ Audience: ["tests"], SigningAlgorithm: "ES384" });
    const claims = JSON.parse(Buffer.from(WebIdentityToken.split(".")[1], "base64url"));
    const metadata = await (await fetch(process.env.ECS_CONTAINER_METADATA_URI_V4 + "/task")).json();
    console.log(JSON.stringify({ Arn, sub: claims.sub, TaskARN: metadata.TaskARN }));
  })().catch((error) => console.log(JSON.stringify({ error: String(error) })));
  setInterval(() => {}, 1000);`;

const python = `
import botocore.session, json, time
try:
    sts = botocore.session.get_session().create_client("sts")
    print(json.dumps({"Arn": sts.get_caller_identity()["Arn"]}), flush=True)
except Exception as error:
    print(json.dumps({"error": repr(error)}), flush=True)
time.sleep(600)`;

const skip = await skipUnless("docker", "aws");

/** Where Python lies with its SDK; `undefined` where it has none, as the aws CLI may bring a Python of its own. */
async function pythonHome(): Promise<string | undefined> {
  const run = promisify(execFile);
  try {
    const { stdout } = await run("python3", ["-c", "import botocore, sys; print(sys.prefix)"]);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** This machine's own Node and Python, with their SDKs, in the place where they are. */
async function registerClients(
  sealift: Sealift,
  networkMode: "bridge" | "awsvpc" | "host",
  { taskRoleArn, home }: { readonly taskRoleArn: string; readonly home: string | undefined },
) {
  const places = new Map([
    ["node", dirname(node)],
    ["modules", modules],
    ...(home === undefined ? [] : ([["python", home]] as const)),
  ]);
  const libraries = new Map([
    ["lib", "/usr/lib"],
    ["lib64", "/usr/lib64"],
  ]);
  const mountPoints = [
    ...[...places].map(([name, path]) => ({ sourceVolume: name, containerPath: path, readOnly: true })),
    ...[...libraries].map(([name]) => ({ sourceVolume: name, containerPath: `/${name}`, readOnly: true })),
    { sourceVolume: "lib", containerPath: "/usr/lib", readOnly: true },
  ];
  const base = { image: "httpd", memory: 256, stopTimeout: 2, mountPoints };
  await clientsOf(sealift).ecs.registerTaskDefinition({
    family: networkMode,
    networkMode,
    taskRoleArn,
    volumes: [...places, ...libraries].map(([name, sourcePath]) => ({ name, host: { sourcePath } })),
    containerDefinitions: [
      { name: "javascript", ...base, command: [node, "-e", javascript] },
      ...(home === undefined ? [] : [{ name: "python", ...base, command: [`${home}/bin/python3`, "-c", python] }]),
    ],
  });
}

for (const place of ["link-local", "loopback"] as const) {
  test(`unmodified SDKs in containers have their task's role: ${place}`, { skip, timeout: 480_000 }, (t) =>
    tryNetworkModes(t, place),
  );
}

async function tryNetworkModes(t: TestContext, place: "link-local" | "loopback"): Promise<void> {
  const birds = canaries();
  const docker = await connectDocker();
  await importHttpdImage(docker);
  await using data = await throwAwayData();
  const flags = ["--account", account, "--task-endpoint", place];
  await using sealift = await startSealift({ runtime: "docker", data: data.path, flags });
  const clients = clientsOf(sealift);
  const { ecs, iam } = clients;
  await iam.enableOutboundWebIdentityFederation({});
  const role = await createRole(clients, "app", [allow(["sts:GetWebIdentityToken"])]);
  const watch = watchCommandLines(birds);
  const home = await pythonHome();
  if (home === undefined) t.diagnostic("python3 has no botocore, so only JavaScript is tried");

  for (const networkMode of ["bridge", "awsvpc", "host"] as const) {
    await t.test(`in network mode ${networkMode}`, async () => {
      await registerClients(sealift, networkMode, { taskRoleArn: role, home });
      const network = networkMode === "awsvpc" ? { networkConfiguration } : {};
      const { tasks, failures } = await ecs.runTask({ taskDefinition: networkMode, ...network });
      assert.deepEqual(failures, []);
      const arn = tasks![0]!.taskArn!;
      await waitForTask(ecs, arn, "RUNNING");
      const id = arn.split("/").at(-1);
      const identity = `arn:aws:sts::${account}:assumed-role/app/${id}`;
      const said = await answers(arn);
      assert.deepEqual(said.get("javascript"), { Arn: identity, sub: role, TaskARN: arn });
      if (home !== undefined) assert.deepEqual(said.get("python"), { Arn: identity });
      await keepCredentials(arn);
      await ecs.stopTask({ task: arn });
      await waitForTask(ecs, arn, "STOPPED");
    });
  }

  await t.test("and nothing of their sessions is on a command line, on the disk or in the log", async () => {
    const { found } = await watch.stop();
    assert.deepEqual(found, []);
    assert.deepEqual(await filesWithCanaries(sealift.data, birds), []);
    await sealift.end("SIGKILL");
    assert.deepEqual(await filesWithCanaries(data.path, birds), []);
    assert.deepEqual(birds.foundIn(sealift.stdout() + sealift.stderr()), []);
  });

  /** What each container of the task has printed. */
  async function answers(arn: string): Promise<ReadonlyMap<string, unknown>> {
    return until(
      "the task's programs have their answers",
      async () => {
        const said = new Map<string, unknown>();
        for (const { Id, Labels } of await containersOf(docker, arn)) {
          const name = Labels["com.amazonaws.ecs.container-name"] ?? "";
          if (name.startsWith("~")) continue;
          const [line = ""] = (await outputOf(Id)).split("\n");
          if (line !== "") said.set(name, JSON.parse(line));
        }
        return said.size === (home === undefined ? 1 : 2) && said;
      },
      { seconds: 120 },
    );
  }

  /** Keeps the task's session as a canary, asked for as a program of the task does. */
  async function keepCredentials(arn: string): Promise<void> {
    const [found] = (await containersOf(docker, arn)).filter(({ Labels }) => {
      return Labels["com.amazonaws.ecs.container-name"] === "javascript";
    });
    const session = await sessionIn(found!.Id);
    assert.equal(session.RoleArn, role);
    birds.keep(session.SecretAccessKey ?? "");
    birds.keep(session.Token ?? "");
  }
}

test("a task keeps its role when Sealift is killed and comes back", { skip, timeout: 480_000 }, async () => {
  const docker = await connectDocker();
  await importHttpdImage(docker);
  await using data = await throwAwayData();
  const flags = ["--account", account];
  const first = await startSealift({ runtime: "docker", data: data.path, flags });
  const clients = clientsOf(first);
  const role = await createRole(clients, "app", []);
  await clients.ecs.registerTaskDefinition({
    family: "app",
    networkMode: "bridge",
    taskRoleArn: role,
    containerDefinitions: [{ name: "main", image: "httpd", memory: 64, command: ["sleep", "600"], stopTimeout: 2 }],
  });
  const { tasks } = await clients.ecs.runTask({ taskDefinition: "app" });
  const arn = tasks![0]!.taskArn!;
  await waitForTask(clients.ecs, arn, "RUNNING");
  const [container] = await containersOf(docker, arn);
  const listeners = () => {
    const label = [`sealift.link-local=${enginePrefix(data.path)}-link-local`];
    return docker.listContainers({ all: true, filters: { label } });
  };
  assert.equal((await sessionIn(container!.Id)).RoleArn, role);
  assert.equal((await listeners()).length, 1);

  await first.end("SIGKILL");
  await until("what listened for it has gone", async () => (await listeners()).length === 0, { seconds: 30 });

  await using second = await startSealift({ runtime: "docker", data: data.path, flags });
  const session = await until("the session is there again", () => sessionIn(container!.Id).catch(() => undefined), {
    seconds: 30,
  });
  assert.equal(session.RoleArn, role);
  const { ecs } = clientsOf(second);
  await ecs.stopTask({ task: arn });
  await waitForTask(ecs, arn, "STOPPED");
});

/** Asks for the session as a program of the container does. */
async function sessionIn(id: string): Promise<Record<string, string>> {
  const docker = await connectDocker();
  const variables = await inspectedEnvironment(docker, id);
  const path = variables.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const url = path === undefined ? variables.AWS_CONTAINER_CREDENTIALS_FULL_URI! : `http://169.254.170.2${path}`;
  const exec = await docker.getContainer(id).exec({ Cmd: ["wget", "-qO-", url], AttachStdout: true });
  const stream = await exec.start({ hijack: true, stdin: false });
  let output = "";
  for await (const chunk of stream) output += (chunk as Buffer).toString("latin1");
  return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
}

test("a program without containers has its task's role", { timeout: 480_000 }, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--account", account] });
  const clients = clientsOf(sealift);
  const role = await createRole(clients, "app", []);
  await clients.ecs.registerTaskDefinition({
    family: "app",
    networkMode: "awsvpc",
    taskRoleArn: role,
    containerDefinitions: [
      {
        name: "main",
        image: "none",
        memory: 256,
        command: [
          node,
          "-e",
          `
          const { STS } = require("${modules}/@aws-sdk/client-sts");
          new STS().getCallerIdentity().then(({ Arn }) => process.exit(Arn.includes(":assumed-role/app/") ? 7 : 8));`,
        ],
      },
    ],
  });
  const task = await runTask(clients.ecs, { taskDefinition: "app" });
  const { containers } = await waitForTask(clients.ecs, task, "STOPPED");
  assert.equal(containers![0]!.exitCode, 7);
});
