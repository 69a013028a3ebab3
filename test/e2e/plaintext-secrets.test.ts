import assert from "node:assert/strict";
import { lstat, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { findPlaintextSecrets } from "../../src/plaintext-secrets/index.ts";
import { clientsOf } from "../support/clients.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const values = ["hunter2-canary-1", "postgres://app:hunter2-canary-2@db/app"] as const;
const web = {
  family: "web",
  executionRoleArn: "arn:aws:iam::000000000000:role/execution",
  containerDefinitions: [
    {
      ...{ name: "web", image: "httpd", memory: 64 },
      environment: [
        { name: "LOG_LEVEL", value: "info" },
        { name: "DB_PASSWORD", value: values[0] },
        { name: "DATABASE_URL", value: values[1] },
      ],
    },
  ],
};

test("Plaintext secrets of task definitions are found, moved into a store, and refused where that is wanted", async (t) => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  await using folder = await throwAwayDirectory();
  const { ecs, ssm, secretsManager } = clientsOf(sealift);
  const cli = async (...words: readonly string[]) => {
    const ran = await runSealift(...words, "--data", sealift.data);
    for (const value of values) assert(!`${ran.stdout}${ran.stderr}`.includes(value), "No value is printed");
    return ran;
  };

  await t.test("sealift findings lists them by definition", async () => {
    await ecs.registerTaskDefinition(web);
    await ecs.registerTaskDefinition({ family: "plain", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
    const text = await cli("findings");
    assert.equal(text.code, 1, text.stderr);
    assert.match(
      text.stdout,
      /^arn:.*\/web:1\n {2}environment variable "DB_PASSWORD" of container "web" is named like a password/,
    );
    const { code, stdout } = await cli("findings", "web:1", "--json");
    const [found, ...others] = JSON.parse(stdout);
    assert.deepEqual([code, found.count, found.findings.length, others], [1, 2, 2, []]);
    assert.deepEqual(await cli("findings", "plain").then(({ code, stdout }) => [code, stdout]), [
      0,
      "No task definition has what looks like a secret in plain text.\n",
    ]);
    assert.equal((await cli("findings", "none")).code, 2);
  });

  const file = join(folder.path, "web.json");

  await t.test("sealift harden shows what it would do, and does nothing", async () => {
    const text = JSON.stringify(web, undefined, 2);
    await writeFile(file, text, { mode: 0o640 });
    const { code, stdout, stderr } = await cli("harden", file);
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^-.*"\*{4}"/m);
    assert.match(stdout, /^\+.*"valueFrom": "arn:aws:ssm:us-east-1:000000000000:parameter\/web\/DB_PASSWORD"/m);
    assert.equal(await readFile(file, "utf8"), text);
    assert.deepEqual((await ssm.describeParameters({})).Parameters, []);
  });

  await t.test("sealift harden --write stores the values and writes the file", async () => {
    const { code, stderr } = await cli("harden", file, "--write");
    assert.equal(code, 0, stderr);
    const written = JSON.parse(await readFile(file, "utf8"));
    assert.deepEqual(await findPlaintextSecrets(written), []);
    assert.equal((await stat(file)).mode & 0o777, 0o640);
    const { Parameter } = await ssm.getParameter({ Name: "/web/DATABASE_URL", WithDecryption: true });
    assert.deepEqual([Parameter?.Type, Parameter?.Value], ["SecureString", values[1]]);
    await ecs.registerTaskDefinition(written);
    assert.equal((await cli("findings", "web")).code, 0);
    assert.equal((await cli("harden", file, "--write")).code, 0);
  });

  await t.test("sealift harden takes what has the same value, and refuses what has another", async () => {
    await writeFile(file, JSON.stringify(web));
    assert.equal((await cli("harden", file, "--write")).code, 0);
    await ssm.putParameter({ Name: "/web/DB_PASSWORD", Value: "another", Overwrite: true });
    const before = JSON.stringify({ taskDefinition: web });
    await writeFile(file, before);
    const { code, stderr } = await cli("harden", file, "--write");
    assert.equal(code, 2);
    assert.match(stderr, /parameter \/web\/DB_PASSWORD exists already, with another value/);
    assert.equal(await readFile(file, "utf8"), before);
  });

  await t.test("sealift harden --store secretsmanager makes one secret with a key each", async () => {
    const { code, stderr } = await cli("harden", file, "--store", "secretsmanager", "--name", "prod/web", "--write");
    assert.equal(code, 0, stderr);
    const { ARN, SecretString = "" } = await secretsManager.getSecretValue({ SecretId: "prod/web" });
    assert.deepEqual(JSON.parse(SecretString), { DB_PASSWORD: values[0], DATABASE_URL: values[1] });
    const { taskDefinition } = JSON.parse(await readFile(file, "utf8"));
    assert.deepEqual(taskDefinition.containerDefinitions[0].secrets[0], {
      name: "DB_PASSWORD",
      valueFrom: `${ARN}:DB_PASSWORD::`,
    });
  });

  await t.test("sealift harden writes over a link's file, and takes null members as none", async () => {
    const [container] = web.containerDefinitions;
    const own = { ...web, volumes: null, containerDefinitions: [{ ...container, secrets: null, command: null }] };
    await writeFile(file, JSON.stringify(own));
    const link = join(folder.path, "link.json");
    await symlink(file, link);
    const { code, stderr } = await cli("harden", link, "--name", "linked", "--write");
    assert.equal(code, 0, stderr);
    assert.ok((await lstat(link)).isSymbolicLink());
    const { containerDefinitions } = JSON.parse(await readFile(file, "utf8"));
    assert.deepEqual(
      containerDefinitions[0].secrets.map(({ name }: { readonly name: string }) => name),
      ["DB_PASSWORD", "DATABASE_URL"],
    );
  });

  await t.test("sealift harden says which keys a secret that is there lacks", async () => {
    await secretsManager.createSecret({ Name: "half", SecretString: JSON.stringify({ DB_PASSWORD: values[0] }) });
    await writeFile(file, JSON.stringify(web));
    const { code, stderr } = await cli("harden", file, "--store", "secretsmanager", "--name", "half", "--write");
    assert.equal(code, 2);
    assert.match(stderr, /secret half exists already, without the key DATABASE_URL: choose another --name/);
  });

  const wrong: readonly (readonly [text: string, words: readonly string[], message: RegExp])[] = [
    ['{"containerDefinitions": [', [], /web.json:1: the file is no JSON/],
    ["[]", [], /no task definition/],
    [
      '{"containerDefinitions": [], "containerDefinitions": []}',
      [],
      /the member \/containerDefinitions stands there twice/,
    ],
    [JSON.stringify(web), ["--store", "vault"], /Unknown --store "vault"/],
    [JSON.stringify({ ...web, family: undefined }), [], /no family/],
  ];
  for (const [text, words, message] of wrong) {
    await t.test(`sealift harden refuses ${text.slice(0, 24)} ${words.join(" ")}`, async () => {
      await writeFile(file, text);
      const { code, stderr } = await cli("harden", file, ...words);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
    });
  }
});
