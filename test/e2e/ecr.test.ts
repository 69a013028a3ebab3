import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { promisify } from "node:util";
import { canaries, filesWithCanaries } from "../support/canaries.ts";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { networkConfiguration, runForever, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const run = promisify(execFile);
const skip = await skipUnless("docker", "aws", "registry");

/** A program runs that has the word among its own. */
const isRunning = (word: string) =>
  run("pgrep", ["-f", word]).then(
    () => true,
    () => false,
  );

const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"];
const repositoryUri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/team/app";

test("images of Amazon ECR are pushed, pulled and run, for those who may", { skip, timeout: 480_000 }, async (t) => {
  await using data = await throwAwayData();
  await using own = await throwAwayData();
  const start = () => startSealift({ runtime: "docker", flags: ["--registry"], data: data.path });
  let sealift = await start();
  t.after(() => sealift[Symbol.asyncDispose]());
  const docker = await connectDocker();
  const host = () => new URL(sealift.endpoint).host;
  const environment = { ...process.env, DOCKER_CONFIG: own.path };
  const dockerCli = (...words: string[]) => run("docker", words, { env: environment });
  const forget = async (name: string) =>
    docker
      .getImage(name)
      .remove({ force: true })
      .catch(() => {});
  const clients = clientsOf(sealift);
  const { ecr, ecs } = clients;
  const birds = canaries();
  await ecr.createRepository({ repositoryName: "team/app", imageTagMutability: "IMMUTABLE" });

  await t.test("docker login with the aws CLI's password, and docker push", async () => {
    const { credentials, endpoint, region } = sealift;
    const caller = {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
    };
    const { stdout: password } = await run("aws", ["ecr", "get-login-password"], {
      env: { ...process.env, ...caller },
    });
    birds.keep(password.trim());
    const login = spawn("docker", ["login", "-u", "AWS", "--password-stdin", host()], { env: environment });
    login.stdin.end(password.trim());
    const [said, [code]] = await Promise.all([text(login.stderr), once(login, "exit")]);
    assert.equal(code, 0, said);
    await dockerCli("tag", await importHttpdImage(docker), `${host()}/team/app:1`);
    await dockerCli("push", `${host()}/team/app:1`);
    const { imageDetails } = await ecr.describeImages({ repositoryName: "team/app" });
    assert.deepEqual(imageDetails?.[0]?.imageTags, ["1"]);
    // What is there already is pushed again, and a repository that is not there is not.
    await dockerCli("push", `${host()}/team/app:1`);
    await dockerCli("tag", `${host()}/team/app:1`, `${host()}/gone:1`);
    await assert.rejects(
      dockerCli("push", `${host()}/gone:1`),
      /(name unknown|error from registry): The repository with name 'gone' does not/,
    );
    await forget(`${host()}/gone:1`);
    await dockerCli("rmi", `${host()}/team/app:1`);
    await dockerCli("pull", `${host()}/${repositoryUri}:1`);
    await forget(`${host()}/${repositoryUri}:1`);
  });

  await t.test("a tag that is immutable stays", async () => {
    const { imageManifest } = (await ecr.batchGetImage({ repositoryName: "team/app", imageIds: [{ imageTag: "1" }] }))
      .images![0]!;
    const changed = `${imageManifest} `;
    await assert.rejects(ecr.putImage({ repositoryName: "team/app", imageManifest: changed, imageTag: "1" }), {
      name: "ImageTagAlreadyExistsException",
    });
  });

  const puller = await createRole(clients, "puller", [allow(["ecr:GetAuthorizationToken", ...pullActions])]);
  const blind = await createRole(clients, "blind", [allow(["ecr:GetAuthorizationToken"])]);
  const stranger = await createRole(clients, "stranger", [allow(pullActions)]);

  async function startTask(family: string, executionRoleArn: string, image: string): Promise<string> {
    const containerDefinitions = [{ name: "main", image, memory: 64, command: runForever }];
    await ecs.registerTaskDefinition({ family, networkMode: "awsvpc", executionRoleArn, containerDefinitions });
    return runTask(ecs, { taskDefinition: family, networkConfiguration });
  }
  const image = `${repositoryUri}:1`;
  t.after(() => forget(image));

  await t.test("a role that may not get a token is told so", async () => {
    const task = await waitForTask(ecs, await startTask("stranger", stranger, image), "STOPPED");
    assert.match(
      task.containers?.[0]?.reason ?? "",
      /^CannotPullECRContainerError: operation error ECR: GetAuthorizationToken, .* api error AccessDeniedException: User: .*\/stranger\/.* is not authorized to perform: ecr:GetAuthorizationToken on resource: \* because no identity-based policy allows the ecr:GetAuthorizationToken action$/,
    );
  });
  await t.test("a role that may not pull is told so", async () => {
    const task = await waitForTask(ecs, await startTask("blind", blind, image), "STOPPED");
    assert.match(
      task.containers?.[0]?.reason ?? "",
      /^CannotPullContainerError: The task can’t pull the image\. Check that the role has the permissions to pull images from the registry\. .*(denied|error from registry): User: .*\/blind\/.* is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:000000000000:repository\/team\/app because no identity-based policy allows the ecr:BatchGetImage action/,
    );
  });
  await t.test("a role that may pull runs it, by tag and by digest", async () => {
    const task = await waitForTask(ecs, await startTask("tag", puller, image), "RUNNING");
    const [main] = task.containers ?? [];
    assert.equal(main?.image, image);
    assert.match(main.imageDigest ?? "", /^sha256:/);
    await forget(image);
    await waitForTask(ecs, await startTask("digest", puller, `${repositoryUri}@${main.imageDigest}`), "RUNNING");
  });
  await t.test("an image that is on the machine needs no permission", async () => {
    await docker.getImage(await importHttpdImage(docker)).tag({ repo: repositoryUri, tag: "here" });
    t.after(() => forget(`${repositoryUri}:here`));
    await waitForTask(ecs, await startTask("here", stranger, `${repositoryUri}:here`), "RUNNING");
  });

  await t.test("images outlive a server that is killed, and its registry does not", async () => {
    await sealift.end("SIGKILL");
    // The token of a login is in no file, no event and no line of the log.
    assert.deepEqual(await filesWithCanaries(data.path, birds), []);
    assert.deepEqual(birds.foundIn(sealift.stdout() + sealift.stderr()), []);
    await until("the registry has ended", async () => !(await isRunning(`${data.path}/registry/config.json`)));
    sealift = await start();
    const { images } = await clientsOf(sealift).ecr.batchGetImage({
      repositoryName: "team/app",
      imageIds: [{ imageTag: "1" }],
    });
    assert.equal(images?.length, 1);
  });
});
