import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import { waitUntilServicesStable } from "@aws-sdk/client-ecs";
import pg from "pg";
import { importMaterial } from "../../src/services/kms/materials/wrapping.fixture.ts";
import { canaries, filesUnder, filesWithCanaries, watchCommandLines } from "../support/canaries.ts";
import { allow, type Clients, clientsOf, createRole } from "../support/clients.ts";
import { containerOf, inspectedEnvironment, runInside } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { execute } from "../support/exec-client.ts";
import { importHttpdImage } from "../support/images.ts";
import { openObjectStore } from "../support/object-store.ts";
import { takePostgresCopy } from "../support/postgres-copies.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, type Sealift, startSealift } from "../support/sealift.ts";
import { signInAndKeep } from "../support/sign-in-canaries.ts";
import { openSplunkCollector } from "../support/splunk-collector.ts";
import { misuseStores, useStores } from "../support/store-canaries.ts";
import { networkConfiguration, registerSleeper, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const rootKeyFile = "root-access-key.json";
const account = "123456789012";

/*
 * Where a value does legitimately stand: in the container's own environment and in its log driver's options, hence in
 * what `docker inspect` tells those who may talk to the Engine, and in the Engine's own files. Nowhere else.
 */
for (const runtime of ["docker", "process"] as const) {
  const skip = runtime === "docker" && (await skipUnless("docker"));
  test(`no secret is left lying about with the ${runtime} runtime`, { skip, timeout: 480_000 }, async (t) => {
    const birds = canaries();
    const values = {
      password: birds.keep("canary-password-7f3a9c"),
      rotated: birds.keep("canary-rotated-b81d42"),
      json: birds.keep("canary-json-member-55e0aa"),
      token: birds.keep("canary-splunk-token-90cd11"),
      plaintext: birds.keep("canary-kms-plaintext-1b6f77"),
      message: birds.keep("canary-kms-message-c03f5e"),
      file: birds.keep("canary-environment-file-d07c3e"),
      registry: birds.keep("canary-registry-password-2ab9f4"),
      asFile: birds.keep("canary-secret-file-8c61d5\nsecond-line-44e7"),
      renewed: birds.keep("canary-renewed-file-71ab5c"),
      whole: birds.keep("canary-whole-secret-3d9f10"),
      nul: "canary-with-nul-e4d2b9\0end",
    };
    birds.keep(values.nul.slice(0, -4));
    await using temporary = await throwAwayDirectory();
    await using collector = await openSplunkCollector();
    await using objects = await openObjectStore({ objects: { "/bucket/app.env": `FROM_FILE=${values.file}` } });
    await using sealift = await startSealift({
      runtime,
      flags: ["--account", account, "--json-logs", "--s3-endpoint", objects.endpoint],
      environment: { TMPDIR: temporary.path },
    });
    birds.keep(sealift.credentials.secretAccessKey);
    const docker = runtime === "docker" ? await connectDocker() : undefined;
    if (docker) await importHttpdImage(docker);
    const clients = clientsOf(sealift);
    const { ecs } = clients;
    const answers: string[] = [];

    const watch = watchCommandLines(birds);
    await useEverything(sealift, { values, collectorUrl: collector.url, keep: birds.keep, answers });
    await runWithFiles(sealift, runtime, values, answers);
    if (docker) {
      const { taskArns } = await ecs.listTasks({ serviceName: "web" });
      const environment = await inspectedEnvironment(docker, await containerOf(docker, taskArns![0]!));
      assert.equal(environment.PASSWORD, values.rotated, "the values did get where they belong");
      const id = await containerOf(docker, (await ecs.listTasks({ family: "files" })).taskArns![0]!);
      assert.equal((await inspectedEnvironment(docker, id)).FROM_FILE, values.file);
      const inside = await runInside(docker, id, ["cat", "/run/secrets/AS_FILE", "/run/secrets/WHOLE"]);
      assert.equal(inside.toString(), values.renewed + values.whole);
      // This one does not stand in the container's environment either.
      const inspected = JSON.stringify(await docker.getContainer(id).inspect());
      for (const value of [values.asFile.slice(0, 20), values.renewed, values.whole]) {
        assert.ok(!inspected.includes(value));
      }
      await typeInto(clientsOf(sealift), birds.keep);
      await printSecrets(sealift, values, answers);
    }
    assert.ok(collector.events.some(({ authorization }) => authorization === `Splunk ${values.token}`));
    await useStores(clients, birds.keep);
    const refusals = await misuseStores(clients, sealift, birds.keep);
    const said = [...refusals, await signInAndKeep(sealift, account, birds.keep)];
    const { found, processes } = await watch.stop();

    await t.test("on no process's command line", () => {
      assert.ok(processes > 10, `${processes} processes were looked at`);
      assert.deepEqual(found, []);
    });
    await t.test("in no refusal", () => {
      assert.ok(said.length > 10);
      assert.deepEqual(birds.foundIn(said.join("\n")), []);
    });
    await t.test("in no event", async () => {
      // Events of the services' own work join the trail a moment later.
      const events = await until("the rotation is in the trail", async () => {
        const pages = await Array.fromAsync(paginateLookupEvents({ client: clients.cloudTrail }, {}));
        const text = JSON.stringify(pages);
        return text.includes("RotationSucceeded") && text;
      });
      assert.deepEqual(birds.foundIn(events), []);
    });
    await t.test("in no answer of ECS", () => {
      assert.ok(answers.length > 8);
      assert.deepEqual(birds.foundIn(answers.join("\n")), []);
    });
    await t.test("in no file of the data directory while it runs", async () => {
      const files = await filesUnder(sealift.data);
      assert.ok(files.includes("sealift.db") && files.includes("agent.db"), files.join(" "));
      assert.deepEqual(await filesWithCanaries(sealift.data, birds, [rootKeyFile]), []);
    });
    await t.test("in no temporary file", async () => {
      assert.deepEqual(await filesWithCanaries(temporary.path, birds), []);
    });
    await t.test("in no file after kill -9, and in nothing that was logged", async () => {
      assert.equal(await sealift.end("SIGKILL"), "SIGKILL");
      assert.deepEqual(await filesWithCanaries(sealift.data, birds, [rootKeyFile]), []);
      assert.deepEqual(birds.foundIn(sealift.stdout() + sealift.stderr()), []);
    });
  });
}

/** A session in a container, whose token opens it and in which a secret is typed. */
async function typeInto({ ecs, ssm }: Clients, keep: (value: string) => unknown): Promise<void> {
  await registerSleeper(ecs);
  const task = await runTask(ecs, { taskDefinition: "sleeper", enableExecuteCommand: true });
  await waitForTask(ecs, task, "RUNNING");
  const session = await execute(ecs, task, "/bin/sh");
  keep(session.token);
  keep("canary-typed-31d7e0");
  await session.ready;
  await session.answer("SECRET=canary-typed-31d7e0; echo $((6*7))", "42");
  const { TokenValue } = await ssm.resumeSession({ SessionId: session.sessionId });
  assert.ok(TokenValue);
  keep(TokenValue);
  await session.type(Buffer.from("exit\r"));
  assert.equal((await session.ended).exitCode, 0);
}

/** A container that prints secrets: they are in CloudWatch Logs for who reads the events, and nowhere else. */
async function printSecrets(
  sealift: Sealift,
  { rotated, renewed }: Everything["values"],
  answers: string[],
): Promise<void> {
  const clients = clientsOf(sealift);
  const { ecs, logs } = clients;
  const read = allow(["ssm:GetParameters", "secretsmanager:GetSecretValue", "logs:*", "kms:Decrypt"]);
  const executionRoleArn = await createRole(clients, "printer", [read]);
  const script = 'echo "it is $PASSWORD"; printf %s "$PASSWORD" | base64; echo "$AS_FILE"; exec sleep 600';
  const options = { "awslogs-group": "/printer", "awslogs-region": sealift.region, "awslogs-stream-prefix": "p" };
  await ecs.registerTaskDefinition({
    ...{ family: "printer", networkMode: "awsvpc", executionRoleArn },
    containerDefinitions: [
      {
        ...{ name: "web", memory: 64, image: "httpd", command: ["/bin/sh", "-c", script], stopTimeout: 2 },
        secrets: [
          { name: "PASSWORD", valueFrom: "password" },
          { name: "AS_FILE", valueFrom: (await clients.secretsManager.describeSecret({ SecretId: "as-file" })).ARN! },
        ],
        logConfiguration: { logDriver: "awslogs", options },
      },
    ],
  });
  const task = await runTask(ecs, { taskDefinition: "printer" });
  const printed = [`it is ${rotated}`, Buffer.from(rotated).toString("base64"), ...renewed.split("\n")];
  await until("the lines are in CloudWatch Logs", async () => {
    const { events = [] } = await logs.filterLogEvents({ logGroupName: "/printer" }).catch(() => ({ events: [] }));
    return printed.every((line) => events.some(({ message }) => message === line));
  });
  const shown = await runSealift("logs", task, "--data", sealift.data);
  assert.deepEqual([shown.code, shown.stdout], [0, `web | it is ***\n${"web | ***\n".repeat(printed.length - 1)}`]);
  answers.push(shown.stdout + shown.stderr);
  await ecs.stopTask({ task });
  await waitForTask(ecs, task, "STOPPED");
  await findSecrets(logs, rotated);
}

/** A query that asks for a secret and finds it, and is saved: its rows are for who asks for them, and nowhere else. */
async function findSecrets(logs: ReturnType<typeof clientsOf>["logs"], value: string): Promise<void> {
  const queryString = `filter @message like "${value}" | fields @message`;
  await logs.putQueryDefinition({ name: "leak", queryString, logGroupNames: ["/printer"] });
  const { queryId } = await logs.startQuery({
    ...{ logGroupName: "/printer", queryString, startTime: 0, endTime: Math.ceil(Date.now() / 1000) + 60 },
  });
  await until("the query finds it", async () => {
    const { status, results = [] } = await logs.getQueryResults({ queryId });
    return status === "Complete" && results.some((row) => row.some((field) => field.value?.includes(value)));
  });
  const { queryDefinitions } = await logs.describeQueryDefinitions({});
  assert.equal(queryDefinitions?.[0]?.queryString, queryString);
}

interface Everything {
  readonly values: Readonly<
    Record<
      | ("password" | "rotated" | "json" | "token" | "plaintext" | "message" | "nul")
      | ("file" | "registry" | "asFile" | "renewed" | "whole"),
      string
    >
  >;
  readonly collectorUrl: string;
  keep(value: string | Uint8Array): unknown;
  readonly answers: string[];
}

/** Tasks that run, tasks that fail, a rotation, keys and denials: whatever touches a value. */
async function useEverything(sealift: Sealift, { values, collectorUrl, keep, answers }: Everything): Promise<void> {
  const clients = clientsOf(sealift);
  const { ssm, secretsManager, kms, iam, ecs } = clients;
  const key = (await kms.createKey({})).KeyMetadata!.KeyId!;
  const { CiphertextBlob } = await kms.encrypt({ KeyId: key, Plaintext: Buffer.from(values.plaintext) });
  await kms.decrypt({ CiphertextBlob });
  const dataKey = await kms.generateDataKey({ KeyId: key, KeySpec: "AES_256" });
  keep(dataKey.Plaintext!);
  const external = (await kms.createKey({ Origin: "EXTERNAL" })).KeyMetadata!.KeyId!;
  const material = randomBytes(32);
  keep(material);
  await importMaterial(kms, external, material);
  await kms.encrypt({ KeyId: external, Plaintext: Buffer.from(values.plaintext) });
  await assert.rejects(importMaterial(kms, external, Buffer.concat([material, Buffer.of(0)])), {
    name: "IncorrectKeyMaterialException",
  });
  await kms.deleteImportedKeyMaterial({ KeyId: external });
  const pair = await kms.generateDataKeyPair({ KeyId: key, KeyPairSpec: "ECC_NIST_P256" });
  keep(pair.PrivateKeyPlaintext!);
  const signing = await kms.createKey({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const signed = { KeyId: signing.KeyMetadata!.KeyId!, Message: Buffer.from(values.message) };
  const { Signature } = await kms.sign({ ...signed, SigningAlgorithm: "ECDSA_SHA_256" });
  await kms.verify({ ...signed, SigningAlgorithm: "ECDSA_SHA_256", Signature });
  const refused = kms.verify({ ...signed, SigningAlgorithm: "ECDSA_SHA_256", Signature: Buffer.of(1) });
  await assert.rejects(refused, { name: "KMSInvalidSignatureException" });

  await ssm.putParameter({ Name: "password", Value: values.password, Type: "SecureString", KeyId: key });
  const json = await secretsManager.createSecret({ Name: "json", SecretString: JSON.stringify({ key: values.json }) });
  const token = await secretsManager.createSecret({
    Name: "token",
    SecretString: values.token,
    KmsKeyId: key,
    AddReplicaRegions: [{ Region: "eu-west-1" }],
  });
  const nul = await secretsManager.createSecret({ Name: "nul", SecretString: values.nul });
  await iam.createUser({ UserName: "someone" });
  const { AccessKey } = await iam.createAccessKey({ UserName: "someone" });
  keep(AccessKey!.SecretAccessKey!);
  const someone = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const asked = clientsOf({ ...sealift, credentials: someone }).ssm.getParameter({
    Name: "password",
    WithDecryption: true,
  });
  await assert.rejects(asked, { name: "AccessDeniedException" });

  const read = allow(["ssm:GetParameters", "secretsmanager:GetSecretValue", "kms:Decrypt"]);
  const reader = await createRole(clients, "reader", [read]);
  const stranger = await createRole(clients, "stranger", []);
  const base = {
    memory: 64,
    image: "httpd",
    command: ["/bin/sh", "-c", "echo started; exec sleep 600"],
    stopTimeout: 2,
  };
  const passwords = [
    { name: "PASSWORD", valueFrom: "password" },
    { name: "MEMBER", valueFrom: `${json.ARN}:key::` },
  ];
  async function register(family: string, executionRoleArn: string, container: object) {
    const registered = await ecs.registerTaskDefinition({
      family,
      networkMode: "awsvpc",
      executionRoleArn,
      containerDefinitions: [{ name: "web", ...base, ...container }],
    });
    answers.push(JSON.stringify([registered, await ecs.describeTaskDefinition({ taskDefinition: family })]));
  }
  const splunk = (url: string) => ({
    logDriver: "splunk" as const,
    options: { "splunk-url": url },
    secretOptions: [{ name: "splunk-token", valueFrom: token.ARN! }],
  });
  await register("web", reader, { secrets: passwords, logConfiguration: splunk(collectorUrl) });
  await register("stranger", stranger, { secrets: passwords });
  await register("no-collector", reader, { secrets: passwords, logConfiguration: splunk("http://127.0.0.1:9") });
  await register("nul", reader, { secrets: [...passwords, { name: "NUL", valueFrom: nul.ARN! }] });
  await register("no-json", reader, { secrets: [{ name: "NONE", valueFrom: `${token.ARN}:key::` }] });
  await register("no-program", reader, { secrets: passwords, command: ["/nothing/there"] });

  await ecs.createService({ serviceName: "web", taskDefinition: "web", desiredCount: 1, networkConfiguration });
  for (const family of ["stranger", "no-collector", "nul", "no-json", "no-program"]) {
    const task = await runTask(ecs, { taskDefinition: family });
    answers.push(JSON.stringify(await waitForTask(ecs, task, "STOPPED")));
  }
  const patience = { client: ecs, minDelay: 0.05, maxDelay: 0.2, maxWaitTime: 60 };
  await waitUntilServicesStable(patience, { cluster: "default", services: ["web"] });
  await ssm.putParameter({ Name: "password", Value: values.rotated, Overwrite: true });
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  await waitUntilServicesStable(patience, { cluster: "default", services: ["web"] });
  answers.push(JSON.stringify(await ecs.describeServices({ services: ["web"] })));
  await secretsManager.deleteSecret({ SecretId: "json", ForceDeleteWithoutRecovery: true });
}

/**
 * A task with environment files, a private registry's credentials, a whole secret and secrets as files, which are renewed while it runs,
 * each where the runtime has it; two fail.
 */
async function runWithFiles(
  sealift: Sealift,
  runtime: "docker" | "process",
  { registry, asFile, renewed, whole }: Everything["values"],
  answers: string[],
): Promise<void> {
  const clients = clientsOf(sealift);
  const { ecs, secretsManager } = clients;
  const login = JSON.stringify({ username: "robot", password: registry });
  await secretsManager.createSecret({ Name: "login", SecretString: login });
  const { ARN } = await secretsManager.createSecret({ Name: "as-file", SecretString: asFile });
  const all = await secretsManager.createSecret({ Name: "whole", SecretString: JSON.stringify({ WHOLE: whole }) });
  const executionRoleArn = await createRole(clients, "file-reader", [allow(["secretsmanager:GetSecretValue"])]);
  const main = {
    ...{ name: "web", memory: 64, image: "httpd", command: ["/bin/sh", "-c", "exec sleep 600"], stopTimeout: 2 },
    environmentFiles: [{ value: "arn:aws:s3:::bucket/app.env", type: "s3" as const }],
    repositoryCredentials: { credentialsParameter: "login" },
    secrets: [{ name: "AS_FILE", valueFrom: ARN! }],
    dockerLabels: {
      "sealift.secrets.from": all.ARN!,
      ...(runtime === "docker" && {
        ...{ "sealift.secrets.files": "/run/secrets", "sealift.secrets.on-change": "signal:HUP" },
      }),
    },
  };
  const family = { networkMode: "awsvpc", executionRoleArn } as const;
  await ecs.registerTaskDefinition({ ...family, family: "files", containerDefinitions: [main] });
  await ecs.registerTaskDefinition({
    ...{ ...family, family: "failing" },
    containerDefinitions: [{ ...main, image: "127.0.0.1:9/missing:1", command: ["/nothing/there"] }],
  });
  await ecs.registerTaskDefinition({
    ...{ ...family, family: "no-object" },
    containerDefinitions: [{ ...main, dockerLabels: { "sealift.secrets.from": ARN! } }],
  });
  const running = await waitForTask(ecs, await runTask(ecs, { taskDefinition: "files" }), "RUNNING");
  const noObject = await waitForTask(ecs, await runTask(ecs, { taskDefinition: "no-object" }), "STOPPED");
  assert.match(noObject.stoppedReason ?? "", /is no JSON object/);
  if (runtime === "docker") {
    await secretsManager.putSecretValue({ SecretId: ARN!, SecretString: renewed });
    const task = running.taskArn!;
    await until("the files are renewed", async () => {
      const { tasks } = await ecs.describeTasks({ tasks: [task], include: ["TAGS"] });
      answers.push(JSON.stringify(tasks));
      return tasks![0]!.tags!.filter(({ value }) => / current web$/.test(value ?? "")).length === 2;
    });
  }
  const failed = await waitForTask(ecs, await runTask(ecs, { taskDefinition: "failing" }), "STOPPED");
  answers.push(JSON.stringify([running, failed, noObject]));
}

const withoutPostgres = await skipUnless("postgres");
test("no secret is in any column of PostgreSQL", { skip: withoutPostgres, timeout: 480_000 }, async () => {
  const birds = canaries();
  await using database = await takePostgresCopy();
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent", "--database", database.url] });
  birds.keep(sealift.credentials.secretAccessKey);
  const clients = clientsOf(sealift);
  await useStores(clients, birds.keep);
  await misuseStores(clients, sealift, birds.keep);
  const tables = await tablesAsText(database.url);
  assert.ok((tables.get("ssm_versions")?.length ?? 0) > 0, [...tables.keys()].join(" "));
  for (const [table, text] of tables) assert.deepEqual(birds.foundIn(text), [], table);
});

/** Every row of every table as JSON, in which bytes are hexadecimal. */
async function tablesAsText(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query("select tablename from pg_tables where schemaname = 'public'");
    const found = new Map<string, string>();
    for (const { tablename } of tables) {
      const { rows } = await client.query(`select to_jsonb(t)::text as row from "${tablename}" t`);
      found.set(tablename, rows.map(({ row }) => row).join("\n"));
    }
    return found;
  } finally {
    await client.end();
  }
}
