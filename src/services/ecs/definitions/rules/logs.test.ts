import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { app, container, role, testRules } from "./rules.fixture.ts";

const awslogs = (options: Record<string, string>) =>
  container({
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", ...options },
    },
  });
const router = (options?: Record<string, string>): ContainerDefinition => ({
  ...app,
  name: "router",
  firelensConfiguration: { type: "fluentbit", ...(options && { options }) },
});
const routed: ContainerDefinition = { ...app, logConfiguration: { logDriver: "awsfirelens" } };
const withRouter = (options: Record<string, string>) => ({ containerDefinitions: [routed, router(options)] });

testRules(
  "logs",
  [
    [
      container({ logConfiguration: { logDriver: "awslogs" } }),
      "Log driver awslogs requires options: awslogs-region, awslogs-group",
    ],
    [
      container({ logConfiguration: { logDriver: "splunk", options: { "splunk-url": "u" } } }),
      "Log driver splunk requires options: splunk-token",
    ],
    [awslogs({ "awslogs-endpoint": "https://x" }), "Log driver awslogs disallows options: awslogs-endpoint"],
    [
      awslogs({ "awslogs-group": "[object]" }),
      "Log driver awslogs option 'awslogs-group' contains invalid characters.",
    ],
    [awslogs({ "awslogs-group": "" }), "Log driver awslogs option 'awslogs-group' contains invalid characters."],
    [awslogs({ mode: "fast" }), "Log driver awslogs option 'mode' must be one of [blocking,non-blocking]."],
    [awslogs({ "max-buffer-size": "much" }), "Log driver awslogs option 'max-buffer-size' is not a size."],
    [
      { containerDefinitions: [app, router()] },
      "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
    ],
    [
      { containerDefinitions: [routed] },
      "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
    ],
    [
      { containerDefinitions: [routed, router(), { ...router(), name: "other" }] },
      "Only one container in a task definition can have a firelensConfiguration object.",
    ],
    [
      { containerDefinitions: [{ ...router(), logConfiguration: { logDriver: "awsfirelens" } }] },
      "A container with a firelensConfiguration object cannot use the awsfirelens log driver.",
    ],
    [withRouter({ "config-file-type": "s3", "config-file-value": "s3://bucket/fluent.conf" }), "Invalid arn syntax."],
    [
      withRouter({ "config-file-type": "http", "config-file-value": "x" }),
      "FireLens option 'config-file-type' of container 'router' must be one of [s3,file].",
    ],
    [
      withRouter({ "config-file-type": "file" }),
      "FireLens options 'config-file-type' and 'config-file-value' of container 'router' must be specified together.",
    ],
    [
      withRouter({ "enable-ecs-log-metadata": "yes" }),
      "FireLens option 'enable-ecs-log-metadata' of container 'router' must be one of [true,false].",
    ],
    [withRouter({ level: "debug" }), "FireLens configuration of container 'router' disallows options: level"],
  ],
  [
    awslogs({
      "awslogs-create-group": "true",
      "awslogs-stream-prefix": "ecs",
      "awslogs-datetime-format": "%Y",
      "awslogs-multiline-pattern": "^x",
      mode: "non-blocking",
      "max-buffer-size": "25m",
    }),
    {
      executionRoleArn: role,
      ...container({
        logConfiguration: {
          logDriver: "splunk",
          options: { "splunk-url": "https://splunk" },
          secretOptions: [{ name: "splunk-token", valueFrom: "/token" }],
        },
      }),
    },
    withRouter({
      "enable-ecs-log-metadata": "true",
      "config-file-type": "s3",
      "config-file-value": "arn:aws:s3:::bucket/fluent.conf",
    }),
    withRouter({ "config-file-type": "file", "config-file-value": "/extra.conf" }),
  ],
);
