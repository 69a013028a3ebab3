import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { readDefinition } from "./read-definition.ts";
import { placementAttributes } from "./required-attributes.ts";

const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };
const role = "arn:aws:iam::111122223333:role/execution";
const ecr = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1";
const awslogs = (more: Record<string, string> = {}) => ({
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "/ecs/app", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs", ...more },
});
const consoleLogs = awslogs({ mode: "non-blocking", "awslogs-create-group": "true", "max-buffer-size": "25m" });
const fargate = { networkMode: "awsvpc", cpu: "512", memory: "2048", executionRoleArn: role } as const;
const efs = (more: object = {}) => [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-1", ...more } }];
const healthCheck = { command: ["CMD-SHELL", "true"] };

/** `api.1.18`, `old.ecr-auth` and `task-eni`, spelt out. */
const full = (name: string) => {
  if (name.startsWith("api.")) return name.replace("api", "com.amazonaws.ecs.capability.docker-remote-api");
  return name.startsWith("old.") ? name.replace("old.", "com.amazonaws.ecs.capability.") : `ecs.capability.${name}`;
};

type Input = Omit<RegisterTaskDefinitionCommandInput, "family">;

/** Definitions after the shapes of published ones, with the attributes that AWS's DescribeTaskDefinition showed for each. */
const published: Readonly<Record<string, readonly [Input, string]>> = {
  "an image of Docker Hub on Fargate": [
    { ...fargate, containerDefinitions: [{ name: "app", image: "nginx" }] },
    "api.1.18 task-eni",
  ],
  "ECR, a secret and awslogs on Fargate": [
    {
      ...fargate,
      containerDefinitions: [
        { name: "app", image: ecr, secrets: [{ name: "A", valueFrom: "a" }], logConfiguration: awslogs() },
      ],
    },
    "api.1.18 api.1.19 old.ecr-auth old.logging-driver.awslogs execution-role-awslogs execution-role-ecr-pull secrets.ssm.environment-variables task-eni",
  ],
  "ECR without logs on Fargate": [
    { ...fargate, containerDefinitions: [{ name: "app", image: ecr }] },
    "api.1.18 old.ecr-auth execution-role-ecr-pull task-eni",
  ],
  "a health check in bridge mode": [
    {
      networkMode: "bridge",
      cpu: "1024",
      memory: "1024",
      executionRoleArn: role,
      containerDefinitions: [{ name: "app", image: ecr, healthCheck }],
    },
    "api.1.18 api.1.24 old.ecr-auth container-health-check execution-role-ecr-pull",
  ],
  "a health check with a start period": [
    {
      networkMode: "awsvpc",
      containerDefinitions: [{ name: "a", image: "b", memory: 8, healthCheck: { ...healthCheck, startPeriod: 10 } }],
    },
    "api.1.18 api.1.29 container-health-check task-eni",
  ],
  "what the console sends, with EFS": [
    {
      ...fargate,
      taskRoleArn: role,
      volumes: efs({ transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-1", iam: "DISABLED" } }),
      containerDefinitions: [
        { name: "app", image: ecr, environmentFiles: [], ulimits: [], logConfiguration: consoleLogs },
      ],
    },
    "api.1.18 api.1.19 api.1.25 api.1.28 api.1.29 old.ecr-auth old.logging-driver.awslogs old.task-iam-role efs efsAuth execution-role-awslogs execution-role-ecr-pull task-eni",
  ],
  "EFS without authorization, and no labels": [
    {
      ...fargate,
      taskRoleArn: role,
      volumes: efs(),
      containerDefinitions: [{ name: "app", image: ecr, dockerLabels: {}, logConfiguration: awslogs(), healthCheck }],
    },
    "api.1.18 api.1.19 api.1.24 api.1.25 old.ecr-auth old.logging-driver.awslogs old.task-iam-role container-health-check efs efsAuth execution-role-awslogs execution-role-ecr-pull task-eni",
  ],
  "environment files and storage": [
    {
      ...fargate,
      ephemeralStorage: { sizeInGiB: 21 },
      containerDefinitions: [
        {
          name: "app",
          image: ecr,
          environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/a.env" }],
          logConfiguration: consoleLogs,
        },
      ],
    },
    "api.1.18 api.1.19 api.1.28 api.1.29 old.ecr-auth old.logging-driver.awslogs env-files.s3 execution-role-awslogs execution-role-ecr-pull extensible-ephemeral-storage task-eni",
  ],
  "a shared Docker volume": [
    {
      volumes: [{ name: "v", dockerVolumeConfiguration: { scope: "shared", autoprovision: true, driver: "local" } }],
      containerDefinitions: [{ name: "app", image: "nginx", memory: 2000, logConfiguration: awslogs() }],
    },
    "api.1.19 api.1.25 old.logging-driver.awslogs docker-plugin.local",
  ],
  "FireLens in bridge mode": [
    {
      containerDefinitions: [
        { name: "router", image: ecr, memoryReservation: 50, user: "0", firelensConfiguration: { type: "fluentbit" } },
        { name: "app", image: ecr, memory: 128, logConfiguration: { logDriver: "awsfirelens" } },
      ],
    },
    "api.1.19 api.1.21 old.ecr-auth old.logging-driver.awsfirelens firelens.fluentbit",
  ],
  "App Mesh with namespaces": [
    {
      networkMode: "awsvpc",
      pidMode: "task",
      ipcMode: "host",
      proxyConfiguration: {
        containerName: "envoy",
        properties: ["ProxyIngressPort", "AppPorts", "IgnoredUID", "ProxyEgressPort"].map((name) => ({
          name,
          value: "1",
        })),
      },
      containerDefinitions: [
        { name: "app", image: "busybox", memory: 10, dependsOn: [{ containerName: "envoy", condition: "HEALTHY" }] },
        {
          name: "envoy",
          image: ecr,
          memory: 10,
          user: "1337",
          healthCheck: { command: ["echo test"], startPeriod: 10 },
        },
      ],
    },
    "api.1.17 api.1.18 api.1.29 old.ecr-auth aws-appmesh container-health-check container-ordering pid-ipc-namespace-sharing task-eni",
  ],
  "a sandbox without a network": [
    {
      networkMode: "none",
      ipcMode: "none",
      cpu: "2048",
      memory: "4096",
      containerDefinitions: [
        {
          name: "app",
          image: "alpine",
          user: "nobody",
          disableNetworking: true,
          privileged: false,
          dockerSecurityOptions: ["no-new-privileges"],
          ulimits: [{ name: "nproc", softLimit: 128, hardLimit: 128 }],
          linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true, maxSwap: 0, swappiness: 0 },
          logConfiguration: awslogs(),
        },
      ],
    },
    "api.1.17 api.1.18 api.1.19 api.1.23 api.1.25 api.1.32 old.logging-driver.awslogs pid-ipc-namespace-sharing",
  ],
  "tmpfs, capabilities and a label of SELinux": [
    {
      taskRoleArn: role,
      executionRoleArn: role,
      containerDefinitions: [
        {
          name: "app",
          image: ecr,
          memory: 2048,
          dockerSecurityOptions: ["label:seccomp:unconfined"],
          linuxParameters: {
            capabilities: { add: ["MKNOD"], drop: ["ALL"] },
            tmpfs: [{ containerPath: "/run", size: 50 }],
          },
        },
      ],
    },
    "api.1.22 old.ecr-auth old.selinux old.task-iam-role execution-role-ecr-pull",
  ],
  "GPUs, with empty lists": [
    {
      networkMode: "bridge",
      taskRoleArn: role,
      executionRoleArn: role,
      cpu: "4096",
      memory: "12288",
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      containerDefinitions: [
        {
          name: "app",
          image: ecr,
          links: [],
          dnsServers: [],
          dnsSearchDomains: [],
          extraHosts: [],
          dockerSecurityOptions: [],
          dockerLabels: {},
          ulimits: [],
          resourceRequirements: [{ type: "GPU", value: "1" }],
        },
      ],
    },
    "api.1.17 api.1.18 old.ecr-auth old.task-iam-role execution-role-ecr-pull",
  ],
};

for (const [title, [input, names]] of Object.entries(published)) {
  test(`AWS asks of an instance for ${title}: ${names}`, () => {
    const { requiresAttributes } = read(input);
    assert.deepEqual(
      requiresAttributes?.map(({ name }) => name),
      names.split(" ").map(full).sort(),
    );
  });
}

/** Members that AWS's agent has an attribute for, or none has. */
const others: readonly (readonly [Partial<Input>, string])[] = [
  [{ enableFaultInjection: true }, "fault-injection"],
  [
    { volumes: [{ name: "v", s3filesVolumeConfiguration: { fileSystemArn: "arn:aws:s3files:::x" } }] },
    "storage.s3-files",
  ],
  [one({ credentialSpecs: ["credentialspec:arn:aws:ssm:us-east-1:111122223333:parameter/a"] }), "gmsa"],
  [one({ credentialSpecs: ["credentialspecdomainless:arn:aws:s3:::bucket/a"] }), "gmsa-domainless"],
  [one({ dockerSecurityOptions: ["credentialspec:file://a.json"] }), "gmsa"],
  [one({ dockerSecurityOptions: ["apparmor:profile"] }), "old.apparmor"],
  [one({ privileged: true }), "old.privileged-container"],
  [one({ restartPolicy: { enabled: true } }), "container-restart-policy"],
  [one({ portMappings: [{ containerPortRange: "80-90" }] }), "network.container-port-range"],
  [one({ stopTimeout: 30 }), "container-ordering"],
  [{ ...one({}), taskRoleArn: role, networkMode: "host" }, "old.task-iam-role-network-host"],
  [
    {
      executionRoleArn: role,
      ...one({ logConfiguration: { logDriver: "json-file", secretOptions: [{ name: "tag", valueFrom: "/t" }] } }),
    },
    "api.1.18 old.logging-driver.json-file secrets.ssm.bootstrap.log-driver",
  ],
  [
    { executionRoleArn: role, ...one({ repositoryCredentials: { credentialsParameter: "r" } }) },
    "private-registry-authentication.secretsmanager",
  ],
];

for (const [input, names] of others) {
  test(`${JSON.stringify(input)} asks for ${names}`, () => {
    const { requiresAttributes } = read({ ...one({}), ...input });
    assert.deepEqual(
      requiresAttributes?.map(({ name }) => name),
      names.split(" ").map(full).sort(),
    );
  });
}

const linux = { name: "ecs.os-type", value: "linux" };
const platforms: readonly (readonly [Input["runtimePlatform"], readonly object[]])[] = [
  [undefined, []],
  [{ operatingSystemFamily: "LINUX" }, [linux]],
  [
    { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
    [linux, { name: "ecs.cpu-architecture", value: "arm64" }],
  ],
  [{ cpuArchitecture: "X86_64" }, [{ name: "ecs.cpu-architecture", value: "x86_64" }]],
  [
    { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    [
      { name: "ecs.os-type", value: "windows" },
      { name: "ecs.os-family", value: "WINDOWS_SERVER_2022_CORE" },
    ],
  ],
];

for (const [runtimePlatform, expected] of platforms) {
  test(`a definition for ${JSON.stringify(runtimePlatform)} is placed by its platform, which it does not show`, () => {
    const definition = read({ ...one({}), runtimePlatform });
    assert.deepEqual(definition.requiresAttributes, []);
    assert.deepEqual(placementAttributes(definition), expected);
  });
}

function one(members: object): Input {
  return { containerDefinitions: [{ name: "app", image: "nginx", memory: 64, ...members }] };
}

function read(input: Input) {
  const result = readDefinition(scope, { family: "web", ...input });
  assert("definition" in result, JSON.stringify(result));
  return { ...result.definition, arn: "", revision: 1, status: "ACTIVE" as const, registeredAt: 0 };
}
