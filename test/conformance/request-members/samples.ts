import type { Operation } from "./world.ts";

/** Values for members of inputs, by path; `[]` is the first item of a list. Each one differs from what is there without it. */
export type Samples = Readonly<Record<string, unknown>>;

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const ec2 = { taskDefinition: "plain", launchType: "EC2", networkConfiguration: undefined };

/** What a sample is beside, where the member goes with others only. */
export function beside(operation: Operation, path: string): object {
  const isService = operation === "CreateService" || operation === "UpdateService";
  const onEc2 = operation === "StartTask" ? {} : ec2;
  if (operation === "UpdateService" && /^placement/.test(path)) return {};
  if (/^placementConstraints\[\]\.expression/.test(path))
    return { ...onEc2, placementConstraints: [{ type: "memberOf" }] };
  if (/^placementStrategy\[\]\.field/.test(path)) return { ...onEc2, placementStrategy: [{ type: "binpack" }] };
  if (/^placement/.test(path) && operation === "RunTask") return { ...onEc2, count: 3 };
  if (/^placement|resourceRequirements/.test(path)) return onEc2;
  if (/^capacityProviderStrategy\[\]\.(weight|base)/.test(path)) {
    const strategy = ["FARGATE", "FARGATE_SPOT"].map((capacityProvider) => ({ capacityProvider, weight: 1 }));
    const count = isService ? { desiredCount: 2 } : { count: 2 };
    return { launchType: undefined, capacityProviderStrategy: strategy, ...count, ...forced(operation) };
  }
  if (path.startsWith("capacityProviderStrategy")) {
    return { launchType: undefined, capacityProviderStrategy: [{ weight: 1 }], ...forced(operation) };
  }
  if (path === "overrides.cpu") return { overrides: { memory: "1024" } };
  if (path === "overrides.memory") return { overrides: { cpu: "512" } };
  if (path === "networkConfiguration.awsvpcConfiguration.assignPublicIp") return {};
  if (operation === "StartTask" && path.startsWith("networkConfiguration")) return { taskDefinition: "web" };
  return {};
}

function forced(operation: Operation): object {
  return operation === "UpdateService" ? { forceNewDeployment: true } : {};
}

const overrides: Samples = {
  "overrides.containerOverrides[].name": "nobody",
  "overrides.containerOverrides[].command": ["true"],
  "overrides.containerOverrides[].environment[].name": "NAME",
  "overrides.containerOverrides[].environment[].value": "value",
  "overrides.containerOverrides[].environmentFiles[].value": "arn:aws:s3:::bucket/a.env",
  "overrides.containerOverrides[].environmentFiles[].type": "file",
  "overrides.containerOverrides[].cpu": 64,
  "overrides.containerOverrides[].memory": 100,
  "overrides.containerOverrides[].memoryReservation": 50,
  "overrides.containerOverrides[].resourceRequirements[].value": "1",
  "overrides.containerOverrides[].resourceRequirements[].type": "InferenceAccelerator",
  "overrides.containerOverrides[].resourceRequirements[].sharingStrategy": { nvidiaMps: { memory: 1024 } },
  "overrides.executionRoleArn": role("other"),
  "overrides.taskRoleArn": role("other"),
  "overrides.inferenceAcceleratorOverrides": [{ deviceName: "a", deviceType: "eia1.large" }],
  "overrides.cpu": "512",
  "overrides.memory": "1024",
  "overrides.ephemeralStorage.sizeInGiB": 50,
};

const network: Samples = {
  "networkConfiguration.awsvpcConfiguration.subnets": ["subnet-2"],
  "networkConfiguration.awsvpcConfiguration.securityGroups": ["not a group"],
  "networkConfiguration.awsvpcConfiguration.assignPublicIp": "SOMETIMES",
};

const placement: Samples = {
  "placementConstraints[].type": "distinctInstance",
  "placementConstraints[].expression": "attribute:none exists",
  "placementStrategy[].type": "binpack",
  "placementStrategy[].field": "nothing",
};

const strategy: Samples = {
  "capacityProviderStrategy[].capacityProvider": "FARGATE_SPOT",
  "capacityProviderStrategy[].weight": 5,
  "capacityProviderStrategy[].base": 2,
};

const tags: Samples = { "tags[].key": "team", "tags[].value": "web" };

const starts: Samples = {
  ...overrides,
  ...network,
  ...tags,
  cluster: "empty",
  taskDefinition: "web2",
  enableECSManagedTags: true,
  enableExecuteCommand: true,
  group: "batch",
  propagateTags: "TASK_DEFINITION",
  referenceId: "reference",
  startedBy: "me",
  volumeConfigurations: [{ name: "v", managedEBSVolume: { roleArn: role("app") } }],
};

const services: Samples = {
  ...network,
  ...placement,
  ...strategy,
  cluster: "empty",
  taskDefinition: "web2",
  availabilityZoneRebalancing: "DISABLED",
  "deploymentConfiguration.deploymentCircuitBreaker.enable": true,
  "deploymentConfiguration.deploymentCircuitBreaker.rollback": true,
  "deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask": false,
  "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type": "COUNT",
  "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value": 7,
  "deploymentConfiguration.maximumPercent": 150,
  "deploymentConfiguration.minimumHealthyPercent": 50,
  "deploymentConfiguration.alarms": { alarmNames: ["a"], enable: true, rollback: true },
  "deploymentConfiguration.strategy": "BLUE_GREEN",
  "deploymentConfiguration.bakeTimeInMinutes": 5,
  "deploymentConfiguration.lifecycleHooks": [{ hookTargetArn: "arn", roleArn: role("app"), lifecycleStages: [] }],
  "deploymentConfiguration.linearConfiguration": { stepPercent: 10 },
  "deploymentConfiguration.canaryConfiguration": { canaryPercent: 10 },
  "deploymentConfiguration.earlySuccessCriteria": { enable: true },
  "deploymentController.type": "EXTERNAL",
  desiredCount: 3,
  enableECSManagedTags: true,
  enableExecuteCommand: true,
  gatewayConnectors: [{ portName: "http" }],
  healthCheckGracePeriodSeconds: 30,
  "loadBalancers[].targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1",
  "loadBalancers[].loadBalancerName": "balancer",
  "loadBalancers[].containerName": "app",
  "loadBalancers[].containerPort": 80,
  "loadBalancers[].advancedConfiguration": { alternateTargetGroupArn: "arn" },
  monitoring: { metricConfigurations: [{ metricNames: ["a"], resolutionSeconds: 20 }] },
  platformVersion: "1.3.0",
  propagateTags: "SERVICE",
  serviceConnectConfiguration: { enabled: true },
  "serviceRegistries[].registryArn": "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1",
  "serviceRegistries[].port": 8080,
  "serviceRegistries[].containerName": "app",
  "serviceRegistries[].containerPort": 80,
  volumeConfigurations: [{ name: "v", managedEBSVolume: { roleArn: role("app") } }],
  vpcLatticeConfigurations: [{ roleArn: role("app"), targetGroupArn: "arn", portName: "http" }],
};

export const samples: Readonly<Record<Operation, Samples>> = {
  RunTask: {
    ...starts,
    ...placement,
    ...strategy,
    count: 2,
    launchType: "EXTERNAL",
    platformVersion: "1.3.0",
  },
  StartTask: { ...starts, containerInstances: ["none"] },
  CreateService: {
    ...services,
    ...tags,
    launchType: "EXTERNAL",
    role: role("balancer"),
    schedulingStrategy: "DAEMON",
    serviceName: "other",
  },
  UpdateService: { ...services, service: "none", forceNewDeployment: true },
};

/** Members of which a single request shows nothing, with the reason. */
export const silent: Readonly<Record<string, string>> = {
  clientToken:
    "a second request with it shows that the first one counts: see run-task.test.ts and create-service.test.ts",
};
