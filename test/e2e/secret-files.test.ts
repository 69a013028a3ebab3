import assert from "node:assert/strict";
import { test } from "node:test";
import { fileStoreLabel } from "../../src/runtime/docker/labels.ts";
import { canaries, filesWithCanaries, watchCommandLines } from "../support/canaries.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containerOf, containersOf, processEnvironment, runInside } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, runForever, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData, throwAwayDirectory } from "../support/throw-away.ts";

const skip = await skipUnless("docker");

test("secrets as files: nothing of them in the environment, and nothing left of them", {
  skip,
  timeout: 480_000,
}, async (t) => {
  const birds = canaries();
  const value = {
    directory: birds.keep("canary-of-the-directory-17c3"),
    key: birds.keep("canary-key-5be0\nsecond line-aa71\n"),
  };
  await using temporary = await throwAwayDirectory();
  await using data = await throwAwayData();
  const up = () =>
    startSealift({
      runtime: "docker",
      data: data.path,
      flags: ["--json-logs"],
      environment: { TMPDIR: temporary.path },
    });
  const docker = await connectDocker();
  await importHttpdImage(docker);
  let sealift = await up();
  const clients = clientsOf(sealift);
  const { ssm, secretsManager } = clients;
  let { ecs } = clients;
  await ssm.putParameter({ Name: "/app/password", Value: value.directory, Type: "SecureString" });
  const key = await secretsManager.createSecret({ Name: "key", SecretString: value.key });
  const reader = await createRole(clients, "reader", [allow(["ssm:GetParameters", "secretsmanager:GetSecretValue"])]);

  async function run(family: string, dockerLabels: Record<string, string>): Promise<string> {
    const secrets = [
      { name: "PASSWORD", valueFrom: "/app/password" },
      { name: "TLS_KEY", valueFrom: key.ARN! },
    ];
    const main = {
      name: "main",
      image: "httpd",
      memory: 64,
      command: runForever,
      user: "nobody",
      secrets,
      dockerLabels,
    };
    const containerDefinitions = [{ ...main, readonlyRootFilesystem: true, stopTimeout: 2 }];
    await ecs.registerTaskDefinition({ family, networkMode: "awsvpc", executionRoleArn: reader, containerDefinitions });
    return runTask(ecs, { taskDefinition: family, networkConfiguration });
  }

  const watch = watchCommandLines(birds);
  const task = await run("files", {
    "sealift.secrets.files": "/run/secrets",
    "sealift.secrets.file.TLS_KEY": "/usr/local/tls.key",
  });
  await waitForTask(ecs, task, "RUNNING");
  const id = await containerOf(docker, task);

  async function read(path: string): Promise<string> {
    return (await runInside(docker, id, ["cat", path])).toString();
  }

  await t.test("the program reads them, where its variables say", async () => {
    const environment = await processEnvironment(docker, id);
    assert.equal(environment.PASSWORD_FILE, "/run/secrets/PASSWORD");
    assert.equal(environment.TLS_KEY_FILE, "/usr/local/tls.key");
    assert.equal("PASSWORD" in environment || "TLS_KEY" in environment, false);
    assert.equal(await read("/run/secrets/PASSWORD"), value.directory);
    assert.equal(await read("/usr/local/tls.key"), value.key);
    const stat = await runInside(docker, id, ["stat", "-c", "%a %U", "/run/secrets/PASSWORD", "/usr/local/tls.key"]);
    assert.equal(stat.toString(), "400 nobody\n400 nobody\n");
  });
  await t.test("docker inspect and /proc/1/environ show nothing of them", async () => {
    for (const { Id } of await containersOf(docker, task)) {
      assert.deepEqual(birds.foundIn(JSON.stringify(await docker.getContainer(Id).inspect())), []);
    }
    assert.deepEqual(birds.foundIn(await runInside(docker, id, ["cat", "/proc/1/environ", "/proc/1/cmdline"])), []);
  });
  await t.test("they stay when Sealift is killed and comes back", async () => {
    await sealift.end("SIGKILL");
    sealift = await up();
    ecs = clientsOf(sealift).ecs;
    await waitForTask(ecs, task, "RUNNING");
    assert.equal(await containerOf(docker, task), id);
    assert.equal(await read("/usr/local/tls.key"), value.key);
  });
  await t.test("wrong labels are registered, as on AWS, and fail the task", async () => {
    const failed = await waitForTask(ecs, await run("wrong", { "sealift.secrets.files": "run/secrets" }), "STOPPED");
    const said = 'docker label "sealift.secrets.files" of container "main" is not an absolute path: "run/secrets"';
    assert.equal(failed.stoppedReason, `ResourceInitializationError: ${said}`);
  });
  await t.test("they are gone when the task stops", async () => {
    const holder = (await containersOf(docker, task)).find(({ Labels }) => Labels[fileStoreLabel] !== undefined);
    const volume = (await docker.getContainer(holder!.Id).inspect()).Mounts[0]?.Name ?? "";
    await docker.getVolume(volume).inspect();
    await ecs.stopTask({ task });
    await waitForTask(ecs, task, "STOPPED");
    await assert.rejects(docker.getVolume(volume).inspect(), { statusCode: 404 });
    assert.equal((await containersOf(docker, task, { all: true })).length, 1);
  });
  await t.test("no value is in a file of Sealift's, in its logs or on a command line", async () => {
    await sealift.end("SIGTERM");
    const { found } = await watch.stop();
    assert.deepEqual(found, []);
    assert.deepEqual(await filesWithCanaries(data.path, birds), []);
    assert.deepEqual(await filesWithCanaries(temporary.path, birds), []);
    assert.deepEqual(birds.foundIn(sealift.stdout() + sealift.stderr()), []);
  });
});
