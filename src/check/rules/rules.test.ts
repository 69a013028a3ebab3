import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testAccount as account, testRegion as region } from "../../../test/support/in-process.ts";
import type { Definition } from "../facts/subject.ts";
import { definition, openWorld, role, type World } from "../world.fixture.ts";
import { rules } from "./index.ts";

interface Case {
  readonly make: (world: World) => Definition;
  readonly values?: boolean;
  readonly isAws?: boolean;
  /** The rules that find something, in the order of the file, each as often as it finds. */
  readonly rules: string;
  readonly aws?: RegExp;
  /** The exact mend, anywhere in the findings. */
  readonly mend?: (world: World) => string;
}

const secrets =
  (...valuesFrom: ((world: World) => string)[]) =>
  (world: World) =>
    definition({ secrets: valuesFrom.map((of, index) => ({ name: `S${index}`, valueFrom: of(world) })) });
const logs = (group: string, options: object = {}) => ({
  logConfiguration: {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": "ecs", ...options },
  },
});
const ecr = (name: string) => `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
const by = (name: string, from: (world: World) => Definition) => (world: World) => ({
  ...from(world),
  executionRoleArn: role(name),
});
const every = (world: World) =>
  definition({
    secrets: [
      { name: "A", valueFrom: world.secrets.db },
      { name: "B", valueFrom: world.secrets.own },
      { name: "C", valueFrom: `arn:aws:ssm:${region}:${account}:parameter/app/url` },
      { name: "D", valueFrom: "/app/url" },
    ],
    repositoryCredentials: { credentialsParameter: world.secrets.registry },
    ...logs("/ecs/web"),
  });

const cases: Readonly<Record<string, Case>> = {
  "everything that resolves": { make: every, rules: "" },
  "everything that resolves, with values": { make: every, values: true, rules: "" },
  "no references, no roles": {
    make: () => definition({}, { executionRoleArn: undefined, taskRoleArn: undefined }),
    rules: "",
  },
  "a definition that is refused": {
    make: () => definition({ memory: undefined }),
    rules: "definition-refused",
    aws: /ClientException: Invalid setting for container 'web'/,
  },
  "a definition that is too large": {
    make: () => definition({ environment: [{ name: "A", value: "x".repeat(70_000) }] }),
    rules: "definition-too-large",
  },
  "secrets without an execution role": {
    make: (world) => ({ ...secrets(({ secrets }) => secrets.db)(world), executionRoleArn: undefined }),
    rules: "execution-role-missing",
    aws: /you must also specify a value for 'executionRoleArn'/,
  },
  "roles that are not there": {
    make: () => definition({}, { executionRoleArn: role("gone"), taskRoleArn: role("gone-too") }),
    rules: "role-not-found role-not-found",
    aws: /ECS was unable to assume the role/,
  },
  "a role that trusts another service": {
    make: by("untrusted", () => definition({})),
    rules: "role-not-trusted",
    mend: () => '"Principal":{"Service":"ecs-tasks.amazonaws.com"}',
  },
  "a role for the tasks of another account": {
    make: by("elsewhere", () => definition({})),
    rules: "role-not-trusted",
    mend: () => "aws:SourceAccount would be 111122223333, and 999988887777 is wanted",
  },
  "one role for both": {
    make: () => definition({}, { taskRoleArn: role("execution") }),
    rules: "role-shared",
  },
  "an ARN with three parts behind secret:": {
    make: secrets(({ secrets }) => `${secrets.db}:user`),
    rules: "reference-malformed",
    aws: /an invalid ARN format for the AWS Secrets Manager secret was specified/,
  },
  "secrets that are not there": {
    make: secrets(() => `arn:aws:secretsmanager:${region}:${account}:secret:no-such-thing-AbCdEf`),
    rules: "secret-not-found",
    aws: /^ResourceNotFoundException: The task can't retrieve the secret with ARN/,
  },
  "a secret in another Region": {
    make: secrets(({ secrets }) => secrets.db.replace(region, "eu-west-1")),
    rules: "secret-not-found",
    mend: () => 'has no secret "db" in eu-west-1',
  },
  "a name that ends in a hyphen and six characters": {
    make: secrets(() => `arn:aws:secretsmanager:${region}:${account}:secret:my-secret`),
    rules: "secret-arn-suffix",
    mend: ({ secrets }) => secrets.hyphen,
  },
  "another suffix, with a JSON key": {
    make: secrets(({ secrets }) => `${secrets.db.slice(0, -6)}AbCdEf:user::`),
    rules: "secret-arn-suffix",
    mend: ({ secrets }) => `${secrets.db}:user::`,
  },
  "an ARN without its suffix": {
    make: secrets(({ secrets }) => `${secrets.db.slice(0, -7)}:user::`),
    values: true,
    rules: "secret-partial-arn",
    mend: ({ secrets }) => `${secrets.db}:user::`,
  },
  "versions that are not there": {
    make: secrets(
      ({ secrets }) => `${secrets.plain}::AWSPREVIOUS:`,
      ({ secrets }) => `${secrets.plain}:::${"0".repeat(32)}`,
    ),
    rules: "secret-version-not-found secret-version-not-found",
  },
  "a secret that is marked for deletion": {
    make: secrets(({ secrets }) => secrets.gone),
    rules: "secret-pending-deletion",
    mend: ({ secrets }) => `aws secretsmanager restore-secret --secret-id ${secrets.gone}`,
  },
  "a secret that may not be read, under a key that may not be used": {
    make: by(
      "nothing",
      secrets(({ secrets }) => secrets.own),
    ),
    rules: "secret-denied key-denied",
    aws: /is not authorized to perform: secretsmanager:GetSecretValue on resource: .* because no identity-based policy allows/,
    mend: ({ secrets }) => `"Action":"kms:Decrypt","Resource":"${secrets.ownKey}"`,
  },
  "a key whose policy leaves IAM out": {
    make: secrets(({ secrets }) => secrets.closed),
    rules: "key-denied",
    aws: /api error AccessDeniedException: Access to KMS is not allowed/,
    mend: ({ secrets }) => `the key policy of ${secrets.closedKey}`,
  },
  "a key that is disabled": {
    make: secrets(({ secrets }) => secrets.disabled),
    rules: "key-unusable",
    aws: /DecryptionFailure: .* is disabled/,
  },
  "parameters that are not there": {
    make: secrets(
      () => "/app/nothing",
      () => `arn:aws:ssm:${region}:${account}:parameter/app/none`,
    ),
    rules: "parameter-not-found parameter-not-found",
    aws: /invalid parameters: \/app\/nothing$/,
  },
  "a parameter that may not be read": {
    make: by(
      "nothing",
      secrets(() => "/app/url"),
    ),
    rules: "parameter-denied",
    mend: () => `"Action":"ssm:GetParameters","Resource":"arn:aws:ssm:${region}:${account}:parameter/app/url"`,
  },
  "a version of a parameter": { make: secrets(() => "/app/url:1"), rules: "parameter-selector" },
  "a version that a parameter does not have": {
    make: secrets(() => "/app/url:2"),
    rules: "parameter-not-found parameter-selector",
  },
  "a label of a parameter": { make: secrets(() => "/app/url:live"), rules: "parameter-selector not-seen" },
  "a parameter that AWS would not take": {
    make: secrets(() => "awsExampleParameter"),
    rules: "parameter-name-reserved",
  },
  "a parameter that AWS publishes": {
    make: secrets(() => "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"),
    rules: "",
  },
  "a JSON key without values": { make: secrets(({ secrets }) => `${secrets.db}:user::`), rules: "json-key-not-seen" },
  "a JSON key that is there": {
    make: secrets(
      ({ secrets }) => `${secrets.db}:user::`,
      ({ secrets }) => `${secrets.db}:small::`,
    ),
    values: true,
    rules: "",
  },
  "a JSON key that is not there": {
    make: secrets(({ secrets }) => `${secrets.db}:User::`),
    values: true,
    rules: "json-key-missing",
    aws: /^Retrieved secret from Secrets Manager did not contain json key User$/,
  },
  "JSON values that Go writes differently": {
    make: secrets(
      ({ secrets }) => `${secrets.db}:port::`,
      ({ secrets }) => `${secrets.db}:none::`,
      ({ secrets }) => `${secrets.db}:map::`,
    ),
    values: true,
    rules: "json-value-changed json-value-changed json-value-changed",
  },
  "a JSON key of a secret that is no JSON": {
    make: secrets(({ secrets }) => `${secrets.plain}:user::`),
    values: true,
    rules: "json-malformed",
    aws: /^Invalid character 'o' in literal null|^Invalid character/,
  },
  "a binary secret, and a JSON key of one": {
    make: secrets(
      ({ secrets }) => secrets.binary,
      ({ secrets }) => `${secrets.binary}:user::`,
    ),
    values: true,
    rules: "secret-binary secret-binary",
  },
  "registry credentials that are no JSON": {
    make: () => definition({ repositoryCredentials: { credentialsParameter: world.secrets.plain } }),
    values: true,
    rules: "registry-credentials-malformed",
    aws: /^Asm fetching authorization data: unable to unmarshal secret value, invalid schema$/,
  },
  "registry credentials that may not be read": {
    make: by("nothing", (world) =>
      definition({ repositoryCredentials: { credentialsParameter: world.secrets.registry } }),
    ),
    rules: "secret-denied",
    aws: /^Asm fetching secret from the service for .* api error AccessDeniedException/,
  },
  "images that are not there": {
    make: () => definition({ image: ecr("team/none:1") }),
    rules: "image-not-found",
  },
  "an image that is not there": {
    make: () => definition({ image: ecr("team/web:9") }),
    rules: "image-not-found",
    mend: () => `docker push ${ecr("team/web:9")}`,
  },
  "an image that may not be pulled": {
    make: by("nothing", () => definition({ image: ecr("team/web:9") })),
    rules: "image-not-found image-denied image-denied image-denied image-denied",
  },
  "a log group that is not there": {
    make: () => definition(logs("/ecs/none")),
    rules: "log-group-missing",
  },
  "a log group that the driver makes": {
    make: () => definition(logs("/ecs/none", { "awslogs-create-group": "true" })),
    rules: "",
  },
  "logs that may not be written": {
    make: by("nothing", () => definition(logs("/ecs/web", { "awslogs-create-group": "true" }))),
    rules: "log-denied log-denied log-denied",
    mend: () => `:log-group:/ecs/web:log-stream:ecs/web/*`,
  },
  "an environment file": {
    make: () => definition({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/k.env" }] }),
    rules: "not-seen",
  },
  "an environment file that may not be read": {
    make: by("nothing", () => definition({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/k.env" }] })),
    rules: "file-denied file-denied",
    aws: /^Unable to download env file with key k\.env from bucket b, error: .*AccessDenied/,
  },
  "a role that depends on the task's address": {
    make: by(
      "by-address",
      secrets(({ secrets }) => secrets.db),
    ),
    rules: "not-seen",
    mend: () => "aws:SourceIp, which is known only where the task runs",
  },
  "plain text": {
    make: () =>
      definition({
        environment: [
          { name: "DB_PASSWORD", value: "hunter2" },
          { name: "DB_USER", value: "app" },
        ],
      }),
    rules: "plaintext-secret-name",
  },
  "a label that asks for whole secrets": {
    make: () => definition({ dockerLabels: { "sealift.secrets.from": "/app/" } }),
    rules: "label-not-seen",
  },
  "an account in an organization": { make: every, isAws: true, rules: "" },
};

const world = await openWorld();
after(() => world[Symbol.asyncDispose]());

for (const [name, { make, rules: expected, aws, mend, ...options }] of Object.entries(cases)) {
  test(`check of ${name}: ${expected || "nothing"}`, async () => {
    const { findings } = await world.check(make(world), options);
    assert.equal(findings.map(({ rule }) => rule).join(" "), expected, JSON.stringify(findings, undefined, 1));
    if (aws)
      assert.ok(
        findings.some(({ aws: words = "" }) => aws.test(words)),
        JSON.stringify(findings, undefined, 1),
      );
    if (mend)
      assert.ok(JSON.stringify(findings).replaceAll('\\"', '"').includes(mend(world)), JSON.stringify(findings));
    for (const { line } of findings) assert.ok(line !== undefined);
  });
}

/** These have tests of their own. */
const elsewhere = [
  "plaintext-secret-url",
  "plaintext-secret-token",
  "plaintext-secret-random",
  "overrides-too-large",
  "environment-too-large",
  "scp-not-seen",
  "not-readable",
  "key-not-found",
  "secret-foreign-default-key",
];

test("every rule has a case in which it finds something", () => {
  const found = new Set(Object.values(cases).flatMap((one) => one.rules.split(" ")));
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !found.has(id)),
    elsewhere
      .filter((id) => rules.some((rule) => rule.id === id))
      .sort((a, b) => rules.findIndex(({ id }) => id === a) - rules.findIndex(({ id }) => id === b)),
  );
});
