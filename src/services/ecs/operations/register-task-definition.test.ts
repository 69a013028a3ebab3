import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
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

const refused: readonly (readonly [Partial<RegisterTaskDefinitionCommandInput>, string])[] = [
  [{ family: "a b", containerDefinitions: [app] }, "Family contains invalid characters."],
  [{ containerDefinitions: [] }, "Container list cannot be empty."],
  [{ containerDefinitions: [{ image: "x", memory: 64 }] }, "Container.name should not be null or empty."],
  [{ containerDefinitions: [{ ...app, name: "a b" }] }, "Container.name contains invalid characters."],
  [{ containerDefinitions: [{ name: "app", memory: 64 }] }, "Container.image should not be null or empty."],
  [{ containerDefinitions: [app, app] }, "Container names must be unique within a Task Definition."],
  [
    { containerDefinitions: [{ name: "app", image: "nginx" }] },
    "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
  ],
  [
    { containerDefinitions: [{ ...app, essential: false }] },
    "A task definition must have at least one essential container.",
  ],
  [
    { containerDefinitions: [{ ...app, secrets: [secret] }] },
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
  ],
  [
    { executionRoleArn: executionRole, containerDefinitions: [{ ...app, secrets: [secret, secret] }] },
    "Duplicate secret names found: TOKEN. Each secret name must be unique.",
  ],
  [
    {
      executionRoleArn: executionRole,
      containerDefinitions: [{ ...app, secrets: [secret], environment: [{ name: "TOKEN", value: "x" }] }],
    },
    "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'TOKEN'.",
  ],
  [
    { containerDefinitions: [{ ...app, logConfiguration: { logDriver: "splunk", options: { "splunk-url": "u" } } }] },
    "Log driver splunk requires options: splunk-token",
  ],
  [
    { containerDefinitions: [{ ...app, logConfiguration: { logDriver: "awslogs" } }] },
    "Log driver awslogs requires options: awslogs-region, awslogs-group",
  ],
  [
    {
      networkMode: "awsvpc",
      containerDefinitions: [{ ...app, portMappings: [{ containerPort: 80, hostPort: 8080 }] }],
    },
    "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
  ],
  [
    { containerDefinitions: [{ ...app, portMappings: [{ containerPort: 70000 }] }] },
    "Invalid 'containerPort' setting for container 'app'.",
  ],
  [{ containerDefinitions: [app], taskRoleArn: "arn:aws:iam::1:user/x" }, "Role is not valid"],
  [
    { containerDefinitions: [{ ...app, command: ["a".repeat(65_536)] }] },
    "Actual length: '65635'. Max allowed length is '65536' bytes.",
  ],
  [
    { containerDefinitions: Array.from({ length: 11 }, (_, index) => ({ ...app, name: `app${index}` })) },
    "A task definition can have at most 10 containers.",
  ],
  [{ containerDefinitions: [{ ...app, cpu: -1 }] }, "Invalid 'cpu' setting for container 'app'."],
  [{ containerDefinitions: [{ ...app, startTimeout: -1 }] }, "Invalid 'startTimeout' setting for container 'app'."],
  [
    { containerDefinitions: [{ ...app, linuxParameters: { swappiness: 101 } }] },
    "Invalid 'swappiness' setting for container 'app'.",
  ],
  [
    { containerDefinitions: [{ ...app, memory: -64 }] },
    "Invalid setting for container 'app'. The 'memory' value must be at least 6 MiB.",
  ],
  [
    { containerDefinitions: [{ ...app, memoryReservation: -1 }] },
    "Invalid setting for container 'app'. The 'memoryReservation' value must be at least 6 MiB.",
  ],
  [{ containerDefinitions: [app], cpu: "much" }, "Invalid 'cpu' setting for task."],
  [
    { containerDefinitions: [{ ...app, cpu: 512 }], cpu: "256" },
    "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
  ],
  [
    {
      containerDefinitions: [app, { ...app, name: "b", dependsOn: [{ containerName: "app", condition: "SUCCESS" }] }],
    },
    "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
  ],
  [
    {
      containerDefinitions: [
        { ...app, dependsOn: [{ containerName: "b", condition: "START" }] },
        { ...app, name: "b", dependsOn: [{ containerName: "app", condition: "START" }] },
      ],
    },
    "Container 'app' depends on itself.",
  ],
  [
    { containerDefinitions: [{ ...app, mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }] },
    "Unknown volume 'v'.",
  ],
  [{ ...fargate, networkMode: "bridge", containerDefinitions: [app] }, "Fargate only supports network mode ‘awsvpc’."],
  [
    { ...fargate, cpu: undefined, containerDefinitions: [app] },
    "Fargate requires that 'cpu' be defined at the task level.",
  ],
  [
    { ...fargate, cpu: "512", memory: "512", containerDefinitions: [app] },
    "No Fargate configuration exists for given values: 512 CPU, 512 memory. See the Amazon ECS documentation for the valid values.",
  ],
  [
    { ...fargate, containerDefinitions: [{ ...app, image: ecr }] },
    "Fargate requires task definition to have execution role ARN to support ECR images.",
  ],
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
      "ecs.capability.task-cpu-mem-limit",
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
