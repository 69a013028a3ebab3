import assert from "node:assert/strict";
import { test } from "node:test";
import type { ECS, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { executionRole, openEcs } from "../test-support.fixture.ts";

const app = { name: "app", image: "nginx", memory: 64 };
const fargate: Omit<RegisterTaskDefinitionCommandInput, "containerDefinitions"> = {
  family: "web",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
};
const secret = { name: "TOKEN", valueFrom: "/token" };
const ecr = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1";

/** Of each kind of refusal one; the rules have tests of their own. */
const refused: readonly (readonly [Partial<RegisterTaskDefinitionCommandInput>, string])[] = [
  [{ family: "a b", containerDefinitions: [app] }, "Family contains invalid characters."],
  [{ containerDefinitions: [app], taskRoleArn: "arn:aws:iam::1:user/x" }, "Role is not valid"],
  [{ containerDefinitions: [{ ...app, cpu: -1 }] }, "Invalid 'cpu' setting for container 'app'."],
  [
    { containerDefinitions: [{ ...app, secrets: [secret] }] },
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
  ],
  [{ ...fargate, networkMode: "bridge", containerDefinitions: [app] }, "Fargate only supports network mode ‘awsvpc’."],
];

test("RegisterTaskDefinition refuses what AWS refuses, in its words", async () => {
  await using own = await openEcs();
  for (const [input, message] of refused) {
    const whole = { family: "web", ...input } as RegisterTaskDefinitionCommandInput;
    await assert.rejects(own.ecs.registerTaskDefinition(whole), { name: "ClientException", message });
  }
  assert.deepEqual((await own.ecs.listTaskDefinitions({})).taskDefinitionArns, []);
});

test("RegisterTaskDefinition fills in AWS's defaults", async () => {
  await using own = await openEcs();
  const { taskDefinition } = await own.ecs.registerTaskDefinition({
    ...fargate,
    cpu: "1 vCPU",
    memory: "2GB",
    taskRoleArn: "app",
    executionRoleArn: executionRole,
    tags: [{ key: "k", value: "v" }],
    containerDefinitions: [
      {
        name: "app",
        image: ecr,
        portMappings: [{ containerPort: 80 }],
        secrets: [secret],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" },
        },
      },
    ],
  });
  const { registeredAt, requiresAttributes, ...rest } = taskDefinition!;
  assert.equal(registeredAt!.toISOString(), "2026-01-02T03:04:05.000Z");
  assert.deepEqual(
    requiresAttributes!.map(({ name }) => name),
    [
      "com.amazonaws.ecs.capability.docker-remote-api.1.18",
      "com.amazonaws.ecs.capability.docker-remote-api.1.19",
      "com.amazonaws.ecs.capability.ecr-auth",
      "com.amazonaws.ecs.capability.logging-driver.awslogs",
      "com.amazonaws.ecs.capability.task-iam-role",
      "ecs.capability.execution-role-awslogs",
      "ecs.capability.execution-role-ecr-pull",
      "ecs.capability.secrets.ssm.environment-variables",
      "ecs.capability.task-eni",
    ],
  );
  assert.deepEqual(rest, {
    taskDefinitionArn: "arn:aws:ecs:us-east-1:111122223333:task-definition/web:1",
    family: "web",
    revision: 1,
    status: "ACTIVE",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    compatibilities: ["EC2", "FARGATE"],
    cpu: "1024",
    memory: "2048",
    taskRoleArn: "arn:aws:iam::111122223333:role/app",
    executionRoleArn: executionRole,
    volumes: [],
    placementConstraints: [],
    registeredBy: "arn:aws:iam::111122223333:root",
    containerDefinitions: [
      {
        name: "app",
        image: ecr,
        cpu: 0,
        essential: true,
        portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        secrets: [secret],
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" },
        },
      },
    ],
  });
});

test("RegisterTaskDefinition stores and shows what AWS does", async () => {
  await using own = await openEcs();
  await own.ecs.registerTaskDefinition({
    family: "web",
    containerDefinitions: [
      {
        ...app,
        environment: [
          { name: "NOVALUE" },
          { name: "EMPTY", value: "" },
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
        linuxParameters: { capabilities: { drop: ["ALL"] } },
        healthCheck: { command: ["/healthcheck"] },
        portMappings: [{ containerPort: 80 }, { containerPortRange: "90-99", protocol: "udp" }],
        dockerLabels: {},
        links: [],
      },
    ],
    volumes: [
      { name: "scratch" },
      { name: "docker", dockerVolumeConfiguration: { driver: "local" } },
      { name: "efs", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
    ],
  });
  const { taskDefinition } = await own.ecs.describeTaskDefinition({ taskDefinition: "web" });
  assert.deepEqual(taskDefinition!.containerDefinitions, [
    {
      ...app,
      cpu: 0,
      essential: true,
      environment: [
        { name: "EMPTY", value: "" },
        { name: "A", value: "2" },
      ],
      linuxParameters: { capabilities: { add: [], drop: ["ALL"] } },
      healthCheck: { command: ["/healthcheck"], interval: 30, timeout: 5, retries: 3 },
      portMappings: [
        { containerPort: 80, hostPort: 0, protocol: "tcp" },
        { containerPortRange: "90-99", protocol: "udp" },
      ],
      mountPoints: [],
      volumesFrom: [],
      systemControls: [],
      dockerLabels: {},
      links: [],
    },
  ]);
  assert.deepEqual(taskDefinition!.volumes, [
    { name: "scratch" },
    { name: "docker", dockerVolumeConfiguration: { scope: "task", driver: "local" } },
    { name: "efs", efsVolumeConfiguration: { rootDirectory: "/", fileSystemId: "fs-1" } },
  ]);
  // An EFS volume is nothing for a machine that is not EC2's.
  assert.deepEqual(taskDefinition!.compatibilities, ["EC2"]);
});

const compatibilities: readonly (readonly [Partial<RegisterTaskDefinitionCommandInput>, readonly string[]])[] = [
  [{}, ["EXTERNAL", "EC2"]],
  [{ networkMode: "host" }, ["EXTERNAL", "EC2"]],
  [{ containerDefinitions: [{ ...app, portMappings: [{ containerPort: 80, name: "http" }] }] }, ["EC2"]],
  [{ networkMode: "awsvpc" }, ["EC2"]],
  [{ networkMode: "awsvpc", cpu: "128", memory: "512" }, ["EC2"]],
  [{ networkMode: "awsvpc", cpu: "256", memory: "512" }, ["EC2", "FARGATE"]],
  [{ ...fargate, requiresCompatibilities: ["FARGATE", "MANAGED_INSTANCES"] }, ["EC2", "FARGATE", "MANAGED_INSTANCES"]],
];

test("RegisterTaskDefinition says where a definition can run", async () => {
  await using own = await openEcs();
  for (const [input, expected] of compatibilities) {
    const whole = { family: "web", containerDefinitions: [app], ...input };
    const { taskDefinition } = await own.ecs.registerTaskDefinition(whole as RegisterTaskDefinitionCommandInput);
    assert.deepEqual(taskDefinition!.compatibilities, expected, JSON.stringify(input));
  }
});

const plaintext = [{ ...app, environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }];

test("RegisterTaskDefinition tells of plaintext secrets in a header, and so does DescribeTaskDefinition", async () => {
  await using own = await openEcs();
  const headers = findingsHeaders(own.ecs);
  const { taskDefinition } = await own.ecs.registerTaskDefinition({ family: "web", containerDefinitions: plaintext });
  await own.ecs.describeTaskDefinition({ taskDefinition: "web" });
  const [registered = "", described] = headers;
  assert.equal(described, registered);
  assert.deepEqual(JSON.parse(registered), {
    count: 1,
    findings: [
      {
        rule: "plaintext-secret-name",
        pointer: "/containerDefinitions/0/environment/0/value",
        message: 'environment variable "DB_PASSWORD" of container "app" is named like a password',
        container: "app",
        name: "DB_PASSWORD",
      },
    ],
  });
  assert(!("plaintextFindings" in taskDefinition!), "The answer's body is AWS's");
});

test("RegisterTaskDefinition keeps the header short and in ASCII", async () => {
  await using own = await openEcs();
  const environment = Array.from({ length: 200 }, (_, index) => ({
    name: `密\r\n${index}_PASSWORD`,
    value: "hunter2",
  }));
  const input = { family: "web", containerDefinitions: [{ ...app, environment }] };
  const headers = findingsHeaders(own.ecs);
  await own.ecs.registerTaskDefinition(input);
  const [header = ""] = headers;
  assert.match(header, /^[\x20-\x7e]{1,8000}$/);
  const { count, findings } = JSON.parse(header);
  assert.equal(count, 200);
  assert(findings.length > 10 && findings.length < 200);
});

test("RegisterTaskDefinition refuses plaintext secrets where the installation takes none", async () => {
  await using own = await openEcs({ denyPlaintextSecrets: true });
  await assert.rejects(own.ecs.registerTaskDefinition({ family: "web", containerDefinitions: plaintext }), {
    name: "ClientException",
    message:
      'Secrets in plain text are not allowed here: environment variable "DB_PASSWORD" of container "app" is named like a password (/containerDefinitions/0/environment/0/value). Keep them in Parameter Store or Secrets Manager.',
  });
  await own.ecs.registerTaskDefinition({ family: "web", containerDefinitions: [app] });
});

/** The header of each answer that the client gets from now on. */
function findingsHeaders({ middlewareStack }: ECS): readonly (string | undefined)[] {
  const headers: (string | undefined)[] = [];
  middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      headers.push((answer.response as { headers: Record<string, string> }).headers["x-sealift-findings"]);
      return answer;
    },
    { step: "deserialize" },
  );
  return headers;
}
