import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, clientsOf, createRole } from "../support/clients.ts";
import { containerOf, inspectedEnvironment, processEnvironment } from "../support/containers.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { runForever, runTask, waitForTask } from "../support/tasks.ts";

const account = "123456789012";
const parameterArn = (name: string) => `arn:aws:ssm:us-east-1:${account}:parameter/${name}`;

/** Values that others deliver changed. Each goes through both stores, where it fits. */
const values: Readonly<Record<string, string>> = {
  newline: "first line\nsecond line\r\n\n",
  quotes: `"double" 'single' \`back\` \\ \\n`,
  equals: "a=b==c=",
  utf8: "pässwörd 密码 🔑 \u{1f468}\u200d\u{1f469} e\u0301",
  localhost: "http://localhost:4566/path?x=http://localhost:",
  spaces: "  \tleading and trailing \t ",
  shell: "$HOME $(id) ${PATH} %s %v !x; rm -rf & | > *",
  template: "{{.ID}} {{ssm:parameter}}",
  json: '{"nested": {"a": [1, 2]}, "b": "c"}',
  control: "\u0001\u001b[31m\u007f",
  large: "0123456789abcdef".repeat(65_536 / 16),
};
const largestParameter = 4096;

const document = {
  user: "admin",
  port: 5432,
  large: 20_000_000,
  flag: true,
  nothing: null,
  empty: "",
  nested: { a: 1 },
  "dotted.key": "literal",
  newline: values.newline,
};

interface Wanted {
  readonly valueFrom: string;
  readonly value: string;
}

const skip = await skipUnless("docker");
test("values reach the container as they are", { skip, timeout: 480_000 }, async (t) => {
  await using sealift = await startSealift({ runtime: "docker", flags: ["--account", account] });
  const docker = await connectDocker();
  await importHttpdImage(docker);
  const clients = clientsOf(sealift);
  const { ssm, secretsManager, ecs } = clients;
  const wanted: Record<string, Wanted> = {};

  async function secret(Name: string, SecretString: string) {
    const { ARN, VersionId } = await secretsManager.createSecret({ Name, SecretString });
    return { arn: ARN!, partial: ARN!.slice(0, -7), versionId: VersionId! };
  }

  for (const [name, value] of Object.entries(values)) {
    const { arn } = await secret(`value-${name}`, value);
    wanted[`SECRET_${name}`] = { valueFrom: arn, value };
    // Parameter Store takes neither larger values nor any that seem to name another parameter.
    if (Buffer.byteLength(value) > largestParameter || value.includes("{{")) continue;
    await ssm.putParameter({ Name: `/value/${name}`, Value: value, Type: "SecureString" });
    wanted[`PARAMETER_${name}`] = { valueFrom: parameterArn(`value/${name}`), value };
  }

  // A flat name and one with a hierarchy, by ARN: the first has no slash before it, the second has.
  await ssm.putParameter({ Name: "foo", Value: "flat", Type: "SecureString" });
  await ssm.putParameter({ Name: "/a/b", Value: "deep", Type: "SecureString" });
  await ssm.putParameter({ Name: "plain", Value: "not encrypted", Type: "String" });
  await ssm.putParameter({ Name: "list", Value: "one,two", Type: "StringList" });
  Object.assign(wanted, {
    FLAT: { valueFrom: parameterArn("foo"), value: "flat" },
    FLAT_NAME: { valueFrom: "foo", value: "flat" },
    DEEP: { valueFrom: parameterArn("a/b"), value: "deep" },
    DEEP_NAME: { valueFrom: "/a/b", value: "deep" },
    PLAIN: { valueFrom: parameterArn("plain"), value: "not encrypted" },
    LIST: { valueFrom: "list", value: "one,two" },
  });

  const rotated = await secret("rotated", "version one");
  await secretsManager.putSecretValue({ SecretId: rotated.arn, SecretString: "version two" });
  Object.assign(wanted, {
    CURRENT: { valueFrom: rotated.arn, value: "version two" },
    CURRENT_STAGE: { valueFrom: `${rotated.arn}::AWSCURRENT:`, value: "version two" },
    PREVIOUS: { valueFrom: `${rotated.arn}::AWSPREVIOUS:`, value: "version one" },
    VERSION_ID: { valueFrom: `${rotated.arn}:::${rotated.versionId}`, value: "version one" },
    STAGE_AND_ID: { valueFrom: `${rotated.partial}::AWSPREVIOUS:${rotated.versionId}`, value: "version one" },
    EMPTY_PARTS: { valueFrom: `${rotated.arn}:::`, value: "version two" },
  });

  const json = await secret("document", JSON.stringify(document));
  await secretsManager.putSecretValue({ SecretId: json.arn, SecretString: JSON.stringify({ user: "root" }) });
  const old = (key: string) => `${json.arn}:${key}:AWSPREVIOUS:`;
  Object.assign(wanted, {
    JSON_STRING: { valueFrom: `${json.arn}:user::`, value: "root" },
    JSON_PARTIAL_ARN: { valueFrom: `${json.partial}:user::`, value: "root" },
    JSON_PREVIOUS: { valueFrom: old("user"), value: "admin" },
    JSON_ID: { valueFrom: `${json.arn}:user::${json.versionId}`, value: "admin" },
    JSON_NUMBER: { valueFrom: old("port"), value: "5432" },
    JSON_LARGE_NUMBER: { valueFrom: old("large"), value: "2e+07" },
    JSON_BOOLEAN: { valueFrom: old("flag"), value: "true" },
    JSON_NULL: { valueFrom: old("nothing"), value: "<nil>" },
    JSON_EMPTY: { valueFrom: old("empty"), value: "" },
    JSON_OBJECT: { valueFrom: old("nested"), value: "map[a:1]" },
    JSON_DOTTED: { valueFrom: old("dotted.key"), value: "literal" },
    JSON_NEWLINE: { valueFrom: old("newline"), value: values.newline! },
  });

  const binary = await secretsManager.createSecret({ Name: "binary", SecretBinary: Buffer.from("never read") });
  wanted.BINARY = { valueFrom: binary.ARN!, value: "" };

  const role = await createRole(clients, "reader", [allow(["ssm:GetParameters", "secretsmanager:GetSecretValue"])]);
  await ecs.registerTaskDefinition({
    family: "values",
    networkMode: "awsvpc",
    executionRoleArn: role,
    containerDefinitions: [
      {
        name: "web",
        image: "httpd",
        memory: 64,
        command: runForever,
        secrets: Object.entries(wanted).map(([name, { valueFrom }]) => ({ name, valueFrom })),
      },
    ],
  });
  const task = await runTask(ecs, { taskDefinition: "values" });
  await waitForTask(ecs, task, "RUNNING");
  const container = await containerOf(docker, task);
  const [told, seen] = await Promise.all([
    inspectedEnvironment(docker, container),
    processEnvironment(docker, container),
  ]);
  for (const [name, { value }] of Object.entries(wanted)) {
    await t.test(name, () => {
      assert.equal(told[name], value, "as the Engine was told");
      assert.equal(seen[name], value, "as the process sees it");
    });
  }
  await t.test("nothing else of the secrets is there", () => {
    const ours = [
      "PATH",
      "HOSTNAME",
      "HOME",
      "AWS_REGION",
      "AWS_DEFAULT_REGION",
      "AWS_ENDPOINT_URL",
      "AWS_EXECUTION_ENV",
    ];
    ours.push("ECS_CONTAINER_METADATA_URI", "ECS_CONTAINER_METADATA_URI_V4", "ECS_AGENT_URI");
    assert.deepEqual(
      Object.keys(seen).filter((name) => !(name in wanted) && !ours.includes(name)),
      [],
    );
  });
});
