import type { CreateServiceRequest } from "@aws-sdk/client-ecs";
import { testAccount, testRegion } from "../../support/in-process.ts";
import { cases } from "./case.ts";
import { roleArn } from "./resources.ts";

const arn = (resource: string) => `arn:aws:ecs:${testRegion}:${testAccount}:${resource}`;
const namespace = `arn:aws:servicediscovery:${testRegion}:${testAccount}:namespace/ns-1`;
const subnets = ["subnet-1"];
const tags = [{ key: "team", value: "web" }];
const service = {
  ...{ cluster: "app", serviceName: "app", taskDefinition: "app", desiredCount: 0 },
  ...{ enableExecuteCommand: true, enableECSManagedTags: true, propagateTags: "SERVICE" },
  networkConfiguration: { awsvpcConfiguration: { subnets, assignPublicIp: "ENABLED" } },
  capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
  serviceConnectConfiguration: { enabled: true, namespace },
  vpcLatticeConfigurations: [{ roleArn, targetGroupArn: "arn", portName: "web" }],
  volumeConfigurations: [{ name: "data", managedEBSVolume: { roleArn } }],
} satisfies CreateServiceRequest;
const definition = {
  family: "new",
  requiresCompatibilities: ["EC2" as const],
  containerDefinitions: [{ name: "web", image: "busybox", memory: 64, privileged: true }],
  executionRoleArn: roleArn,
};

export const ecsCases = [
  ...cases("ecs:CreateService", ({ ecs }) => ecs.createService(service), [
    ["ecs:cluster", "ArnEquals", arn("cluster/app"), arn("cluster/other")],
    // The key names the latest revision of the family.
    ["ecs:task-definition", "ArnEquals", arn("task-definition/app:1"), arn("task-definition/other:*")],
    ["ecs:task-cpu", "NumericLessThanEquals", "256", "255"],
    ["ecs:task-memory", "NumericLessThanEquals", "512", "511"],
    ["ecs:subnet", "ForAllValues:StringEquals", "subnet-1", "subnet-2"],
    ["ecs:auto-assign-public-ip", "Bool", "true", "false"],
    [
      "ecs:capacity-provider",
      "ForAllValues:ArnEquals",
      arn("capacity-provider/FARGATE"),
      arn("capacity-provider/FARGATE_SPOT"),
    ],
    ["ecs:enable-execute-command", "StringEquals", "true", "false"],
    ["ecs:enable-ecs-managed-tags", "Bool", "true", "false"],
    ["ecs:propagate-tags", "StringEquals", "SERVICE", "NONE"],
    ["ecs:enable-service-connect", "StringEquals", "true", "false"],
    ["ecs:namespace", "ArnEquals", namespace, `${namespace}2`],
    ["ecs:enable-vpc-lattice", "StringEquals", "true", "false"],
    ["ecs:enable-ebs-volumes", "StringEquals", "true", "false"],
  ]),
  ...cases("ecs:RunTask", ({ ecs }) => ecs.runTask({ cluster: "app", taskDefinition: "app" }), [
    ["ecs:cluster", "ArnEquals", arn("cluster/app"), arn("cluster/other")],
    ["ecs:enable-execute-command", "Null", "true", "false"],
    ["ecs:task-cpu", "NumericEquals", "256", "512"],
  ]),
  ...cases(
    "ecs:RunTask",
    ({ ecs }) => ecs.runTask({ cluster: "app", taskDefinition: "app", overrides: { cpu: "1024" } }),
    [["ecs:task-cpu", "NumericEquals", "1024", "256"]],
  ),
  ...cases(
    "ecs:StartTask",
    ({ ecs }) => ecs.startTask({ cluster: "app", taskDefinition: "app", containerInstances: ["i"] }),
    [
      [
        "ecs:container-instances",
        "ForAllValues:ArnEquals",
        arn("container-instance/app/i"),
        arn("container-instance/app/j"),
      ],
    ],
  ),
  ...cases("ecs:DescribeClusters", ({ ecs }) => ecs.describeClusters({ clusters: ["app"] }), [
    ["ecs:ResourceTag/team", "StringEquals", "web", "db"],
    ["aws:ResourceTag/team", "StringEquals", "web", "db"],
  ]),
  ...cases("ecs:TagResource", ({ ecs }) => ecs.createCluster({ clusterName: "new", tags }), [
    ["ecs:CreateAction", "StringEquals", "CreateCluster", "CreateService"],
    ["aws:RequestTag/team", "StringEquals", "web", "db"],
  ]),
  ...cases(
    "ecs:TagResource",
    ({ ecs }) => ecs.runTask({ cluster: "app", taskDefinition: "app", enableECSManagedTags: true }),
    [["ecs:CreateAction", "StringEquals", "RunTask", "StartTask"]],
  ),
  ...cases(
    "ecs:UpdateCluster",
    ({ ecs }) =>
      ecs.updateCluster({
        cluster: "app",
        configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: "key" } },
      }),
    [["ecs:fargate-ephemeral-storage-kms-key", "StringEquals", "key", "other"]],
  ),
  ...cases("ecs:RegisterTaskDefinition", ({ ecs }) => ecs.registerTaskDefinition(definition), [
    ["ecs:privileged", "StringEquals", "true", "false"],
    ["ecs:compute-compatibility", "ForAllValues:StringEquals", "EC2", "FARGATE"],
  ]),
  ...cases("ecs:RegisterTaskDefinition", ({ ecs }) => ecs.registerTaskDefinition({ ...definition, cpu: "1 vCPU" }), [
    ["ecs:task-cpu", "NumericEquals", "1024", "1"],
  ]),
  ...cases("iam:PassRole", ({ ecs }) => ecs.registerTaskDefinition(definition), [
    ["iam:PassedToService", "StringEquals", "ecs-tasks.amazonaws.com", "ec2.amazonaws.com"],
    ["iam:AssociatedResourceArn", "ArnLike", arn("task-definition/new:*"), arn("task-definition/other:*")],
  ]),
  ...cases("iam:PassRole", ({ ecs }) => ecs.runTask({ cluster: "app", taskDefinition: "app" }), [
    ["iam:AssociatedResourceArn", "ArnLike", arn("task-definition/app:1"), arn("task-definition/app:2")],
  ]),
];
