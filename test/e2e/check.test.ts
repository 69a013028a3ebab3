import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { networkConfiguration, runTask, waitForTask } from "../support/tasks.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

/** A reason without what differs from one task and request to the next. */
function comparable(reason: string): string {
  return reason
    .replace(/assumed-role\/([^/]+)\/[0-9a-f]{32}/g, "assumed-role/$1/<task-id>")
    .replace(/(Request ?ID: )[0-9a-f-]{36}/gi, "$1<request-id>");
}

test("a task stops with the words that sealift check predicts", { timeout: 480_000 }, async (t) => {
  await using files = await throwAwayDirectory();
  await using sealift = await startSealift({ runtime: "process" });
  const clients = clientsOf(sealift);
  const { secretsManager, ssm, kms, ecs } = clients;
  const make = async (Name: string, SecretString: string, KmsKeyId?: string) =>
    (await secretsManager.createSecret({ Name, SecretString, ...(KmsKeyId && { KmsKeyId }) })).ARN ?? "";
  const { KeyMetadata: key } = await kms.createKey({});
  const db = await make("db", '{"user":"u"}');
  const under = await make("under", "x", key?.Arn);
  const gone = await make("gone", "x");
  await secretsManager.deleteSecret({ SecretId: gone });
  await kms.disableKey({ KeyId: key?.Arn ?? "" });
  await ssm.putParameter({ Name: "/app/url", Type: "SecureString", Value: "v" });
  await ssm.putParameter({ Name: "/odd/1st", Type: "String", Value: "v" });
  const plain = await make("plain", "no json");
  const reading = ["secretsmanager:GetSecretValue", "ssm:GetParameters", "ssm:GetParametersByPath", "kms:Decrypt"];
  const all = allow(reading);
  const good = await createRole(clients, "good", [all]);
  const nothing = await createRole(clients, "nothing", []);
  const foreign = await createRole(clients, "foreign", [all], "ec2.amazonaws.com");

  const path = (name: string) => `arn:aws:ssm:us-east-1:000000000000:parameter/${name}`;
  const labels: Readonly<Record<string, readonly [role: string, from: string, more?: object]>> = {
    "a whole path without parameters": [good, path("none")],
    "a whole path that may not be read": [nothing, path("app")],
    "a whole secret that is no JSON": [good, plain],
    "a whole secret that is not there": [good, db.replace("db", "no")],
    "a parameter that gives no variable": [good, path("odd")],
    "a label that is no ARN": [good, "/app"],
    "files in a directory that is none": [good, db, { "sealift.secrets.files": "run" }],
  };
  const cases: Readonly<Record<string, readonly [role: string, ...valuesFrom: string[]]>> = {
    "a secret that is not there": [good, db.replace("db", "no")],
    "two secrets that cannot be read": [good, gone, `${db}:password::`],
    "a version that is not there": [good, `${db}::AWSPREVIOUS:`],
    "a key that is disabled": [good, under],
    "an ARN with too few parts": [good, `${db}:user`],
    "parameters that are not there": [good, "/app/url", "/app/none", "/app/neither"],
    "a secret that may not be read": [nothing, db],
    "a parameter that may not be read": [nothing, "/app/url"],
    "a role that ECS may not assume": [foreign, db],
  };
  const members = [
    ...Object.entries(cases).map(([name, [executionRoleArn, ...valuesFrom]]) => {
      const secrets = valuesFrom.map((valueFrom, number) => ({ name: `S${number}`, valueFrom }));
      return { name, executionRoleArn, container: { secrets } };
    }),
    ...Object.entries(labels).map(([name, [executionRoleArn, from, more]]) => {
      return { name, executionRoleArn, container: { dockerLabels: { "sealift.secrets.from": from, ...more } } };
    }),
  ];
  const definitions = members.map(({ executionRoleArn, container }, index) => ({
    family: `predicted-${index}`,
    networkMode: "awsvpc" as const,
    executionRoleArn,
    containerDefinitions: [{ name: "main", image: "httpd", memory: 64, ...container }],
  }));
  const paths = definitions.map(({ family }) => join(files.path, `${family}.json`));
  for (const [index, path] of paths.entries()) await writeFile(path, JSON.stringify(definitions[index]));
  const { code, stdout, stderr } = await runSealift("check", ...paths, "--json", "--values", "--data", sealift.data);
  assert.equal(code, 1, stderr);
  const checked = JSON.parse(stdout).definitions as readonly { readonly file: string; readonly prediction: unknown }[];
  assert.deepEqual(
    checked.map(({ file }) => file),
    paths,
  );
  for (const [index, { name }] of members.entries()) {
    await t.test(name, async () => {
      const definition = definitions[index]!;
      await ecs.registerTaskDefinition(definition);
      const arn = await runTask(ecs, { taskDefinition: definition.family, networkConfiguration });
      const { stoppedReason = "" } = await waitForTask(ecs, arn, "STOPPED");
      assert.deepEqual(checked[index]?.prediction, { when: "start", words: comparable(stoppedReason) });
    });
  }

  await t.test("a definition and overrides that are too large are refused in the words of the check", async () => {
    const containerDefinitions = [
      { name: "main", image: "httpd", memory: 64, environment: [{ name: "A", value: "x".repeat(70_000) }] },
    ];
    const large = { family: "large", networkMode: "awsvpc" as const, containerDefinitions };
    const small = { ...large, containerDefinitions: [{ name: "main", image: "httpd", memory: 64 }] };
    const overrides = [{ name: "main", command: ["x".repeat(8_200)] }];
    const [one, other, third] = ["large.json", "small.json", "overrides.json"].map((name) => join(files.path, name));
    await writeFile(one!, JSON.stringify(large));
    await writeFile(other!, JSON.stringify(small));
    await writeFile(third!, JSON.stringify(overrides));
    const flags = ["--json", "--data", sealift.data, "--overrides", third!];
    const { stdout } = await runSealift("check", one!, other!, ...flags);
    const [refused, taken] = JSON.parse(stdout).definitions;
    const worded = ({ name, message }: Error) => `${name}: ${message}`;
    const wordsOf = (request: Promise<unknown>) => request.then(() => "", worded);
    assert.equal(await wordsOf(ecs.registerTaskDefinition(large)), refused.prediction.words);
    await ecs.registerTaskDefinition(small);
    const run = ecs.runTask({
      taskDefinition: "large",
      networkConfiguration,
      overrides: { containerOverrides: overrides },
    });
    assert.equal(await wordsOf(run), taken.findings[0].aws);
  });
});
