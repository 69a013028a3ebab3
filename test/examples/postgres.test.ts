import assert from "node:assert/strict";
import { test } from "node:test";
import { containerOf, inspectedEnvironment } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { openExample } from "./example.ts";
import { importHostImage } from "./host-image.ts";
import { postgresImage, skipWithoutPostgres } from "./postgres-image.ts";

const skip = (await skipUnless("docker", "aws")) || skipWithoutPostgres;

test("examples/postgres: a real PostgreSQL has its password from a file, and from nowhere else", {
  skip,
  timeout: 480_000,
}, async () => {
  const docker = await connectDocker();
  await importHostImage(docker, postgresImage);
  await using example = await openExample("postgres");
  const { ecs, secretsManager } = example.clients;
  await example.script("setup.sh");
  await example.stable("postgres");
  const { taskArns: tasks } = await ecs.listTasks({ serviceName: "postgres" });
  const { tasks: [task] = [] } = await ecs.describeTasks({ tasks });
  const { SecretString } = await secretsManager.getSecretValue({ SecretId: "shop/postgres" });
  const { password } = JSON.parse(SecretString!);
  const port = task?.containers?.[0]?.networkBindings?.[0]?.hostPort;
  assert.equal(await answerOf(`postgres://shop:${password}@127.0.0.1:${port}/shop`), "shop");
  await assert.rejects(answerOf(`postgres://shop:wrong@127.0.0.1:${port}/shop`), /password authentication failed/);
  const id = await containerOf(docker, task!.taskArn!);
  const environment = await inspectedEnvironment(docker, id);
  assert.doesNotMatch(JSON.stringify(environment), new RegExp(password));
  assert.equal(environment.POSTGRES_PASSWORD_FILE, "/run/secrets/POSTGRES_PASSWORD");
});

async function answerOf(connectionString: string): Promise<string> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    return (await client.query("select current_user as name")).rows[0].name;
  } finally {
    await client.end();
  }
}
