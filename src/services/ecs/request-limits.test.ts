import assert from "node:assert/strict";
import { test } from "node:test";
import { network, openEcs, startFakeAgent, type TestEcs, webDefinition } from "./test-support.fixture.ts";

const long = (length: number) => "x".repeat(length);
const web = { taskDefinition: "web", launchType: "FARGATE" as const, networkConfiguration: network };
const app = (more: object) => ({ containerOverrides: [{ name: "app", ...more }] });
/** Characters of such an override without its value. */
const frame = JSON.stringify([{ name: "app", environment: [{ name: "X", value: "" }] }]).length;
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: "v" }));
const invalid = "InvalidParameterException";

type Ecs = TestEcs["ecs"];
type Request = (ecs: Ecs) => Promise<unknown>;

const run =
  (more: object): Request =>
  (ecs) =>
    ecs.runTask({ ...web, ...more });
const start =
  (more: object): Request =>
  (ecs) =>
    ecs.startTask({ taskDefinition: "small", containerInstances: ["a"], ...more });
const create =
  (more: object): Request =>
  (ecs) =>
    ecs.createService({ ...web, serviceName: "new", desiredCount: 0, ...more });

/** What a limit is of, a request at the limit where there can be one, one beyond it, and the refusal. */
const cases: readonly (readonly [string, Request | undefined, Request, RegExp])[] = [
  [
    "the overrides' 8192 characters",
    run({ overrides: app({ environment: [{ name: "X", value: long(8192 - frame) }] }) }),
    run({ overrides: app({ environment: [{ name: "X", value: long(8193 - frame) }] }) }),
    /^Container Overrides length must be at most 8192$/,
  ],
  ["StartTask's overrides", undefined, start({ overrides: app({ command: [long(9000)] }) }), /must be at most 8192$/],
  ["the count of tasks", run({ count: 10 }), run({ count: 11 }), /^Count should be between 1 and 10\.$/],
  ["no tasks", undefined, run({ count: 0 }), /^Count should be between 1 and 10\.$/],
  ["startedBy", run({ startedBy: long(128) }), run({ startedBy: long(129) }), /^startedBy can have at most 128/],
  ["StartTask's startedBy", undefined, start({ startedBy: long(129) }), /^startedBy can have at most 128/],
  ["a group", run({ group: long(255) }), run({ group: long(256) }), /^Invalid task group\.$/],
  ["a service's group", undefined, start({ group: "service:web" }), /^Invalid task group\.$/],
  ["RunTask's token", run({ clientToken: long(64) }), run({ clientToken: long(65) }), /^clientToken can have up to 64/],
  ["a token's characters", undefined, run({ clientToken: "a b" }), /^clientToken can have up to 64/],
  [
    "CreateService's token",
    create({ clientToken: long(36) }),
    create({ clientToken: long(37) }),
    /^clientToken can have up to 36/,
  ],
  ["tags", run({ tags: tags(50) }), run({ tags: tags(51) }), /tags/],
  ["reserved tags", undefined, run({ tags: [{ key: "AWS:x", value: "v" }] }), /reserved/],
  ["a tag twice", undefined, run({ tags: [...tags(1), ...tags(1)] }), /Duplicate tag keys/],
  ["container instances", undefined, start({ containerInstances: Array(11).fill("a") }), /at most 10 items/],
  [
    "placement constraints",
    undefined,
    onEc2({ placementConstraints: Array(11).fill({ type: "distinctInstance" }) }),
    /^Maximum number of constraints is 10\.$/,
  ],
  [
    "placement strategies",
    onEc2({ placementStrategy: Array(5).fill({ type: "random" }) }),
    onEc2({ placementStrategy: Array(6).fill({ type: "random" }) }),
    /^Maximum number of strategies is 5\.$/,
  ],
  [
    "binpack",
    undefined,
    onEc2({ placementStrategy: [{ type: "binpack", field: "disk" }] }),
    /^binpack field 'disk' is invalid/,
  ],
  [
    "distinctInstance",
    undefined,
    onEc2({ placementConstraints: [{ type: "distinctInstance", expression: "a" }] }),
    /^distinctInstance expression should not be specified/,
  ],
  [
    "expressions",
    onEc2({ placementConstraints: [{ type: "memberOf", expression: "attribute:none !exists" }] }),
    onEc2({ placementConstraints: [{ type: "memberOf", expression: "attribute:a == " }] }),
    /expression/,
  ],
  [
    "placement on Fargate",
    undefined,
    run({ placementConstraints: [{ type: "distinctInstance" }] }),
    /^Placement constraints are not supported with FARGATE launch type\.$/,
  ],
  [
    "strategies on Fargate",
    undefined,
    run({ placementStrategy: [{ type: "random" }] }),
    /^Placement strategies are not supported with FARGATE launch type\.$/,
  ],
  [
    "ephemeral storage",
    run({ overrides: { ephemeralStorage: { sizeInGiB: 200 } } }),
    run({ overrides: { ephemeralStorage: { sizeInGiB: 201 } } }),
    /^ephemeralStorage sizeInGiB must be between 21 and 200\.$/,
  ],
  ["ephemeral storage on EC2", undefined, onEc2({ overrides: { ephemeralStorage: { sizeInGiB: 21 } } }), /FARGATE/],
  [
    "Fargate sizes",
    run({ overrides: { cpu: "512", memory: "1024" } }),
    run({ overrides: { cpu: "512" } }),
    /^No Fargate configuration/,
  ],
  [
    "the containers of overrides",
    undefined,
    run({ overrides: { containerOverrides: [{ name: "x" }] } }),
    /named x is not a container/,
  ],
  [
    "a container's memory",
    undefined,
    onEc2({ overrides: app({ memory: 10, memoryReservation: 20 }) }),
    /'memory' value must not be less than the 'memoryReservation'/,
  ],
  [
    "GPUs on Fargate",
    undefined,
    run({ overrides: app({ resourceRequirements: [{ type: "GPU", value: "1" }] }) }),
    /GPUs are not/,
  ],
  [
    "environment files",
    undefined,
    run({ overrides: app({ environmentFiles: [{ type: "s3", value: "x" }] }) }),
    /environment file/,
  ],
  [
    "platform versions",
    run({ platformVersion: "1.3.0" }),
    run({ platformVersion: "9.9.9" }),
    /platform version does not exist/,
  ],
  [
    "platform versions on EC2",
    undefined,
    onEc2({ platformVersion: "1.4.0" }),
    /must be null when specifying an EC2 launch type\.$/,
  ],
  ["RunTask's tags of a service", undefined, run({ propagateTags: "SERVICE" }), /service/],
  [
    "the name of a service",
    create({ serviceName: long(255) }),
    create({ serviceName: long(256) }),
    /^Invalid service name\.$/,
  ],
  [
    "both percentages",
    undefined,
    create({ deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } }),
    /^Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments\.$/,
  ],
  [
    "the grace period",
    create({ healthCheckGracePeriodSeconds: 2147483647 }),
    create({ healthCheckGracePeriodSeconds: -1 }),
    /must be between 0 and/,
  ],
  [
    "service registries",
    undefined,
    create({ serviceRegistries: [{ registryArn: "a" }, { registryArn: "b" }] }),
    /^service registries can have at most 1 items\.$/,
  ],
  [
    "load balancers' ports",
    create({ loadBalancers: [{ targetGroupArn: "a", containerName: "app", containerPort: 80 }] }),
    create({ loadBalancers: [{ targetGroupArn: "a", containerName: "app", containerPort: 81 }] }),
    /^The container app did not have a container port 81 defined\.$/,
  ],
  [
    "pages",
    (ecs) => ecs.listTasks({ maxResults: 100 }),
    (ecs) => ecs.listTasks({ maxResults: 101 }),
    /^maxResults must be between 1 and 100\.$/,
  ],
  ["empty pages", undefined, (ecs) => ecs.listServices({ maxResults: 0 }), /^maxResults must be between 1 and 100\.$/],
  ["described tasks", undefined, (ecs) => ecs.describeTasks({ tasks: Array(101).fill("a") }), /at most 100 items/],
  [
    "described services",
    undefined,
    (ecs) => ecs.describeServices({ services: Array(11).fill("a") }),
    /at most 10 items/,
  ],
  [
    "described clusters",
    undefined,
    (ecs) => ecs.describeClusters({ clusters: Array(101).fill("a") }),
    /at most 100 items/,
  ],
];

/** RunTask on EC2. */
function onEc2(more: object): Request {
  return (ecs) => ecs.runTask({ taskDefinition: "small", ...more });
}

for (const [name, within, beyond, message] of cases) {
  test(`a request keeps to the limit of ${name}`, async () => {
    await using own = await openEcs();
    const { ecs } = own;
    await ecs.createCluster({});
    await ecs.registerTaskDefinition(webDefinition());
    await ecs.registerTaskDefinition({
      family: "small",
      containerDefinitions: [{ name: "app", image: "b", memory: 32 }],
    });
    await startFakeAgent(own);
    await within?.(ecs);
    await assert.rejects(beyond(ecs), (error: Error) => {
      assert.match(error.message, message);
      return error.name === invalid || error.name === "PlatformUnknownException";
    });
  });
}
