import { Unseen } from "../account/account.ts";
import { definition, member, role } from "../world.fixture.ts";
import { by, type Case, ecr, every, logs, secrets } from "./case.fixture.ts";

const memberRole = `arn:aws:iam::${member}:role/execution`;

/** Roles, images, logs, files, limits and plain text. */
export const definitionCases: Readonly<Record<string, Case>> = {
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
  "a member that there is not": {
    make: () => definition({ enviroment: [] }),
    rules: "member-unknown",
    mend: () => '"environment" may be meant',
  },
  "members of other types": {
    make: () => definition({ memory: "64", secrets: "x", environment: [null], dockerLabels: { a: 7 } }),
    rules: "definition-refused definition-refused definition-refused",
    aws: /SerializationException/,
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
  "images that are not there": {
    make: () => definition({ image: ecr("team/none:1") }),
    rules: "image-not-found",
  },
  "an image whose name cannot be one": {
    make: () => definition({ image: ecr("Team/Web:1") }),
    rules: "image-not-found",
  },
  "an image that is not there": {
    make: () => definition({ image: ecr("team/web:9") }),
    rules: "image-not-found",
    mend: () => `docker push ${ecr("team/web:9")}`,
  },
  "an image that may be pulled only": {
    make: by("puller", () => definition({ image: ecr("team/web:9") })),
    rules: "image-not-found",
  },
  "an image that may not be pulled": {
    make: by("nothing", () => definition({ image: ecr("team/web:9") })),
    rules: "image-not-found image-denied image-denied image-denied",
  },
  "a log group that is not there": {
    make: () => definition(logs("/ecs/none")),
    rules: "log-group-missing",
  },
  "a log group that the driver makes": {
    make: () => definition(logs("/ecs/none", { "awslogs-create-group": "true" })),
    rules: "",
  },
  "a log group that the driver may not make": {
    make: by("writer", () => definition(logs("/ecs/none", { "awslogs-create-group": "true" }))),
    rules: "log-denied",
    aws: /failed to create Cloudwatch log group/,
  },
  "a log group that the driver may not make and need not": {
    make: by("writer", () => definition(logs("/ecs/web", { "awslogs-create-group": "true" }))),
    rules: "",
  },
  "a log group that nobody can see and the driver may not make": {
    make: by("writer", () => definition(logs("/ecs/none", { "awslogs-create-group": "true" }))),
    seen: (account) => ({
      ...account,
      logGroup: () => Promise.reject(new Unseen("logs:DescribeLogGroups", "/ecs/none", "AccessDenied")),
    }),
    rules: "not-seen",
  },
  "logs that may not be written": {
    make: by("nothing", () => definition(logs("/ecs/web", { "awslogs-create-group": "true" }))),
    rules: "log-denied log-denied",
    mend: () => `:log-group:/ecs/web:log-stream:ecs/web/*`,
  },
  "an environment file": {
    make: () => definition({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/k.env" }] }),
    rules: "not-seen",
  },
  "an environment file that may not be read": {
    make: by("nothing", () => definition({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::b/k.env" }] })),
    rules: "file-denied bucket-location-denied",
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
  "a URL, a token and a key in plain text": {
    make: () =>
      definition({
        environment: [
          { name: "DATABASE_URL", value: "postgres://app:hunter2@db/app" },
          { name: "GH", value: `ghp_${"q7Zt2LmX9vRb4KcW8nYp3HsD6fGj1AeU"}abcd` },
          { name: "INGEST", value: "q7Zt2LmX9vRb4KcW8nYp3HsD6fGj1AeU" },
        ],
      }),
    rules: "plaintext-secret-url plaintext-secret-token plaintext-secret-random",
  },
  "overrides that RunTask refuses": {
    make: () => definition({}),
    overrides: JSON.stringify([{ name: "web", environment: [{ name: "A", value: "x".repeat(8_192) }] }]),
    rules: "overrides-too-large",
    aws: /^InvalidParameterException: Container Overrides length must be at most 8192$/,
  },
  "overrides that RunTask takes": {
    make: () => definition({}),
    overrides: JSON.stringify([{ name: "web", command: ["x".repeat(8_000)] }]),
    rules: "",
  },
  "two secrets of 64 KiB on Fargate": {
    make: ({ secrets: { large } }) =>
      definition({ secrets: large.map((valueFrom, index) => ({ name: `S${index}`, valueFrom })) }),
    values: true,
    launchType: "FARGATE",
    rules: "environment-too-large",
  },
  "two secrets of 64 KiB on EC2": {
    make: ({ secrets: { large } }) =>
      definition({ secrets: large.map((valueFrom, index) => ({ name: `S${index}`, valueFrom })) }),
    values: true,
    rules: "",
  },
  "a variable that no program starts with": {
    make: () => definition({ environment: [{ name: "A", value: "x".repeat(131_072) }] }),
    rules: "definition-too-large environment-too-large",
    aws: /argument list too long/,
  },
  "the account that manages an organization": { make: every, isAws: true, rules: "" },
  "a member account of an organization": {
    make: () => definition({}, { executionRoleArn: memberRole, taskRoleArn: undefined }),
    credentials: (world) => world.member,
    isAws: true,
    rules: "scp-not-seen",
  },
};
