import type { ProxyConfiguration } from "@aws-sdk/client-ecs";
import { container, type Registration, testRules } from "./rules.fixture.ts";

const properties = (names: readonly string[]) => names.map((name) => ({ name, value: "15000" }));
const all = ["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "IgnoredUID"];
const proxy = (members: Partial<ProxyConfiguration>): Registration => ({
  networkMode: "awsvpc",
  proxyConfiguration: { containerName: "app", properties: properties(all), ...members },
});
const constraint = (expression: string): Registration => ({
  placementConstraints: [{ type: "memberOf", expression }],
});
const gpu = (...values: string[]) =>
  container({ resourceRequirements: values.map((value) => ({ type: "GPU" as const, value })) });

testRules(
  "the task",
  [
    [
      { placementConstraints: Array.from({ length: 11 }, () => ({ type: "memberOf" as const, expression: "x" })) },
      "Maximum number of constraints is 10",
    ],
    [
      constraint("attributes:ecs.instance-type==p3.2xlarge"),
      "constraint.expression 'attributes:ecs.instance-type==p3.2xlarge' is invalid.",
    ],
    [constraint(""), "constraint.expression '' is invalid."],
    [{ ephemeralStorage: { sizeInGiB: 20 } }, "EphemeralStorage size should be at least 21"],
    [{ ephemeralStorage: { sizeInGiB: 201 } }, "EphemeralStorage size should be at most 200"],
    [
      { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "ARM64" } },
      "Windows supported only by X86_64 cpuArchitecture",
    ],
    [{ ...proxy({}), networkMode: "bridge" }, "APPMESH proxy configuration is only supported in networkMode=awsvpc."],
    [proxy({ containerName: "envoy" }), "Proxy container [envoy] does not exist"],
    [proxy({ properties: properties(all.slice(1)) }), "Ingress port not found"],
    [proxy({ properties: properties(all.slice(0, 1)) }), "Egress port not found"],
    [proxy({ properties: properties(all.slice(0, 2)) }), "App ports not found"],
    [proxy({ properties: properties(all.slice(0, 3)) }), "Ignored UID or GID not found"],
    [
      { inferenceAccelerators: [{ deviceName: "d", deviceType: "eia1.medium" }] },
      "Unsupported field 'inferenceAccelerators'.",
    ],
    [
      container({ resourceRequirements: [{ type: "InferenceAccelerator", value: "d" }] }),
      "Unsupported resource requirement 'InferenceAccelerator' for container 'app'.",
    ],
    [
      container({
        resourceRequirements: [
          { type: "GPU", value: "1", sharingStrategy: { nvidiaMps: { maxComputePercent: 50, memory: 512 } } },
        ],
      }),
      "Sharing a GPU is not supported: container 'app'.",
    ],
    [
      gpu("0"),
      "Invalid 'resourceRequirements' setting for container 'app'. The number of GPUs must be a positive integer.",
    ],
    [gpu("1", "2"), "Invalid 'resourceRequirements' setting for container 'app'. GPU is required more than once."],
    [
      container({ credentialSpecs: ["credentialspec:arn:aws:ssm:::a", "credentialspec:arn:aws:ssm:::b"] }),
      "Invalid 'credentialSpecs' setting for container 'app'. The maximum number of ARNs is 1.",
    ],
    [
      container({ credentialSpecs: ["arn:aws:ssm:us-east-1:111122223333:parameter/a"] }),
      "Invalid 'credentialSpecs' setting for container 'app'.",
    ],
    [
      { requiresCompatibilities: ["EXTERNAL"], networkMode: "awsvpc" },
      "External instances do not support networkMode=awsvpc.",
    ],
  ],
  [
    constraint("attribute:ecs.instance-type =~ t2.* and not attribute:stack exists"),
    { ephemeralStorage: { sizeInGiB: 21 } },
    proxy({}),
    { inferenceAccelerators: [] },
    gpu("2"),
    container({ credentialSpecs: ["credentialspecdomainless:arn:aws:s3:::bucket/spec.json"] }),
    { requiresCompatibilities: ["EC2", "EXTERNAL", "MANAGED_INSTANCES"], pidMode: "host", ipcMode: "task" },
  ],
);
