import type { LinuxParameters } from "@aws-sdk/client-ecs";
import { fargate, role, testRules } from "./rules.fixture.ts";

const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1";
const unsupported = (member: string) => `Fargate compatible task definitions do not support ${member}`;
const linux = (linuxParameters: LinuxParameters) => fargate({ linuxParameters });
const noSize = (cpu: number, memory: number) =>
  `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
const unprefixed = { "awslogs-group": "g", "awslogs-region": "us-east-1" };
const awslogs = { logDriver: "awslogs" as const, options: { ...unprefixed, "awslogs-stream-prefix": "p" } };

testRules(
  "fargate",
  [
    [{ ...fargate({}), networkMode: "bridge" }, "Fargate only supports network mode ‘awsvpc’."],
    [{ ...fargate({}), cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [{ ...fargate({}), memory: undefined }, "Fargate requires that 'memory' be defined at the task level."],
    [{ ...fargate({}), cpu: "512", memory: "512" }, noSize(512, 512)],
    [{ ...fargate({}), cpu: "8192", memory: "17408" }, noSize(8192, 17408)],
    [{ ...fargate({}), runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } }, noSize(256, 512)],
    [
      { ...fargate({}), pidMode: "host" },
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ],
    [{ ...fargate({}), ipcMode: "task" }, "Tasks using the Fargate launch type do not support ipcMode."],
    [
      { ...fargate({}), placementConstraints: [{ type: "memberOf", expression: "agentConnected == true" }] },
      unsupported("constraints"),
    ],
    [{ ...fargate({}), volumes: [{ name: "v", host: { sourcePath: "/etc" } }] }, unsupported("sourcePath")],
    [
      { ...fargate({}), volumes: [{ name: "v", dockerVolumeConfiguration: {} }] },
      unsupported("dockerVolumeConfiguration"),
    ],
    [fargate({ privileged: true }), "Fargate requires that the 'privileged' setting be 'false'."],
    [fargate({ dockerSecurityOptions: ["no-new-privileges"] }), unsupported("dockerSecurityOptions")],
    [
      fargate({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
      "Tasks using the Fargate launch type do not support GPU resource requirements.",
    ],
    [
      fargate({ stopTimeout: 121 }),
      "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
    ],
    [
      fargate({ startTimeout: 121 }),
      "Tasks using the Fargate launch type must have a container start timeout of less than 120 seconds.",
    ],
    [fargate({ ulimits: [{ name: "core", softLimit: 0, hardLimit: 0 }] }), unsupported("ulimit core")],
    [linux({ devices: [{ hostPath: "/dev/fuse" }] }), unsupported("devices")],
    [linux({ sharedMemorySize: 64 }), unsupported("sharedMemorySize")],
    [linux({ maxSwap: 0 }), unsupported("maxSwap")],
    [linux({ swappiness: 10 }), unsupported("swappiness")],
    [linux({ capabilities: { add: ["NET_ADMIN"] } }), "NET_ADMIN is not allowed on Fargate."],
    [
      fargate({ logConfiguration: { logDriver: "json-file" } }),
      "json-file is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
    ],
    [
      fargate({ logConfiguration: awslogs }),
      "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ],
    [
      { executionRoleArn: role, ...fargate({ logConfiguration: { ...awslogs, options: unprefixed } }) },
      "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    ],
    [fargate({ image }), "Fargate requires task definition to have execution role ARN to support ECR images."],
  ],
  [
    { executionRoleArn: role, ...fargate({ image, logConfiguration: awslogs }) },
    { ...fargate({}), pidMode: "task", volumes: [{ name: "v" }, { name: "w", host: {} }], placementConstraints: [] },
    fargate({ stopTimeout: 120, privileged: false, ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] }),
    linux({
      capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] },
      initProcessEnabled: true,
      // Fargate takes tmpfs since 2026.
      tmpfs: [{ containerPath: "/tmp", size: 64 }],
    }),
    { ...fargate({}), cpu: "16 vCPU", memory: "120 GB" },
  ],
);
