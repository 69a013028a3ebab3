import assert from "node:assert/strict";
import { test } from "node:test";
import { awsvpc, container } from "../../engine/task.fixture.ts";
import type { AgentTask } from "../../engine/task.ts";
import { bridgeAddress, type MetadataWorldOptions, metadataWorld, runningTask } from "../metadata.fixture.ts";

const arn = "arn:aws:ecs:eu-west-1:123456789012:task/default/0123456789abcdef0123456789abcdef";

const state: MetadataWorldOptions["states"] = {
  "web-id": {
    imageId: "sha256:abc",
    labels: { team: "blue", "sealift.attempt": "1", "sealift.runtime": "sealift", "sealift.own": "yes" },
    createdAt: new Date("2026-01-02T03:04:09.000Z"),
    health: {
      ...{ status: "unhealthy", exitCode: 1, output: "no <answer>" },
      checkedAt: new Date("2026-01-02T03:05:00.000Z"),
    },
    mounts: [
      { name: "data", source: "/var/lib/docker/volumes/data/_data", destination: "/data" },
      { source: "/srv", destination: "/srv" },
    ],
  },
};

const web = container("web", {
  containerArn: "arn:aws:ecs:eu-west-1:123456789012:container/default/1/2",
  cpu: 256,
  memory: 64,
  healthCheckType: "docker",
  restartPolicy: { enabled: true, ignoredExitCodes: [], restartAttemptPeriod: 60 },
  dockerConfig: {
    config: '{"Labels":{"team":"blue","sealift.own":"yes"}}',
    hostConfig: '{"LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}}}',
    version: "1.25",
  },
});

test("version 4 shows a container with every member, in the order of AWS's agent", async () => {
  const task = runningTask({ containers: [web] });
  const { ask, id } = metadataWorld({ tasks: [task], states: state });
  const { status, text } = await ask(`/v4/${id()}`);
  assert.equal(status, 200);
  assert.equal(
    text,
    `{"DockerId":"web-id","Name":"web","DockerName":"ecs-web","Image":"web-image","ImageID":"sha256:abc",` +
      `"Labels":{"team":"blue","sealift.own":"yes"},"DesiredStatus":"RUNNING","KnownStatus":"RUNNING",` +
      `"Limits":{"CPU":256,"Memory":64},"CreatedAt":"2026-01-02T03:04:09.000Z","StartedAt":"2026-01-02T03:04:10.000Z",` +
      `"Type":"NORMAL","Health":{"status":"UNHEALTHY","statusSince":"2026-01-02T03:05:00.000Z","exitCode":1,` +
      `"output":"no \\u003canswer\\u003e"},` +
      `"Volumes":[{"DockerName":"data","Source":"/var/lib/docker/volumes/data/_data","Destination":"/data"},` +
      `{"Source":"/srv","Destination":"/srv"}],"LogDriver":"json-file","LogOptions":{"max-size":"10m"},` +
      `"ContainerARN":"arn:aws:ecs:eu-west-1:123456789012:container/default/1/2",` +
      `"Networks":[{"NetworkMode":"bridge","IPv4Addresses":["172.17.0.5"]}],"RestartCount":0}`,
  );
});

test("version 3 leaves out what version 4 has added", async () => {
  const { ask, id } = metadataWorld({ tasks: [runningTask({ containers: [web] })], states: state });
  const { body } = await ask(`/v3/${id()}`);
  const names = Object.keys(body as object);
  for (const name of ["LogDriver", "LogOptions", "ContainerARN", "RestartCount"])
    assert.ok(!names.includes(name), name);
  assert.ok(names.includes("Networks"));
});

test("version 4 shows a task, with the network of awsvpc and the container that holds it", async () => {
  const running = runningTask({
    ...awsvpc(),
    ...{ containers: [container("web", { portMappings: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }] })] },
    ...{ serviceName: "shop", cpu: 0.5, memory: 512 },
  });
  const task: AgentTask = { ...running, resources: { network: { status: "made", data: { id: "pause-id" } } } };
  const states = { "pause-id": { isNamespace: true } };
  const { ask, id } = metadataWorld({ tasks: [task], states });
  const { body } = await ask(`/v4/${id()}/task`, { from: "10.1.0.5" });
  const network = {
    NetworkMode: "awsvpc",
    IPv4Addresses: ["10.1.0.5"],
    AttachmentIndex: 0,
    MACAddress: "02:00:00:00:00:01",
    IPv4SubnetCIDRBlock: "10.1.0.0/16",
    PrivateDNSName: "ip-10-1-0-5.internal",
    SubnetGatewayIpv4Address: "10.1.0.1/16",
  };
  const { Containers: containers, ...rest } = body as { Containers: Record<string, unknown>[] };
  assert.deepEqual(rest, {
    Cluster: "default",
    TaskARN: arn,
    Family: "web",
    Revision: "3",
    DesiredStatus: "RUNNING",
    KnownStatus: "RUNNING",
    Limits: { CPU: 0.5, Memory: 512 },
    PullStartedAt: "2026-01-02T03:04:07.000Z",
    PullStoppedAt: "2026-01-02T03:04:08.000Z",
    AvailabilityZone: "eu-west-1a",
    LaunchType: "EC2",
    ServiceName: "shop",
    FaultInjectionEnabled: false,
  });
  assert.deepEqual(
    containers.map(({ Name, Type }) => [Name, Type]),
    [
      ["web", "NORMAL"],
      ["~internal~ecs~pause", "CNI_PAUSE"],
    ],
  );
  assert.deepEqual(containers[0]!.Networks, [network]);
  assert.deepEqual(containers[0]!.Ports, [{ ContainerPort: 80, Protocol: "tcp", HostPort: 80 }]);

  const fargate = { ...task, payload: { ...task.payload, launchType: "FARGATE" as const } };
  const shown = await metadataWorld({ tasks: [fargate], states }).ask(`/v4/${id()}/task`, { from: "10.1.0.5" });
  assert.equal((shown.body as { Containers: object[] }).Containers.length, 1);
});

test("tags are read as the container instance, and a refusal is shown in version 4 only", async () => {
  const denied = Object.assign(new Error("not authorized"), {
    name: "AccessDeniedException",
    $metadata: { httpStatusCode: 400, requestId: "request-1" },
  });
  const tags = async (resource: string) => {
    if (resource === arn) return { team: "blue" };
    throw denied;
  };
  const { ask, id, metadata } = metadataWorld({ change: { tags } });
  const { body } = await ask(`/v4/${id()}/taskWithTags`);
  const { TaskTags, Errors, ContainerInstanceTags } = body as Record<string, unknown>;
  assert.deepEqual([TaskTags, ContainerInstanceTags], [{ team: "blue" }, undefined]);
  assert.deepEqual(Errors, [
    {
      ErrorField: "ContainerInstanceTags",
      ErrorCode: "AccessDeniedException",
      ErrorMessage: "not authorized",
      StatusCode: 400,
      RequestId: "request-1",
      ResourceARN: metadata.containerInstanceArn,
    },
  ]);
  const third = (await ask(`/v3/${id()}/taskWithTags`)).body as Record<string, unknown>;
  assert.deepEqual([third.TaskTags, third.Errors], [{ team: "blue" }, undefined]);
});

test("ids that nobody has are refused in AWS's words, those of other tasks likewise", async () => {
  const { ask, id } = metadataWorld();
  const container = (of: string) =>
    `V4 container metadata handler: unable to get container ID from request: unable to get docker ID from v3 endpoint ID: ${of}`;
  const task = (what: string, of: string) =>
    `V4 ${what} handler: unable to get task arn from request: unable to get task Arn from v3 endpoint ID: ${of}`;
  for (const [target, from] of [
    ["nope", bridgeAddress],
    [id(), "172.17.0.99"],
  ] as const) {
    const answers = await Promise.all(
      [`/v4/${target}`, `/v4/${target}/task`, `/v4/${target}/stats`, `/v4/${target}/task/stats`].map((path) =>
        ask(path, { from }),
      ),
    );
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body]),
      [
        [404, container(target)],
        [404, task("task metadata", target)],
        [404, task("container stats", target)],
        [404, task("task stats", target)],
      ],
    );
  }
  const third = await ask("/v3/nope/task");
  assert.deepEqual(
    [third.status, third.body],
    [
      500,
      "V3 task metadata handler: unable to get task arn from request: unable to get task Arn from v3 endpoint ID: nope",
    ],
  );
});

test("version 2 tells the task by its address", async () => {
  const task = runningTask(awsvpc("10.1.0.5"));
  const { ask } = metadataWorld({ tasks: [task] });
  const shown = await ask("/v2/metadata", { from: "10.1.0.5" });
  assert.equal((shown.body as { TaskARN: string }).TaskARN, arn);
  const one = await ask("/v2/metadata/web-id", { from: "10.1.0.5" });
  assert.equal((one.body as { Name: string }).Name, "web");
  assert.deepEqual(
    (await ask("/v2/metadata/other", { from: "10.1.0.5" })).body,
    "Unable to generate metadata for container 'other'",
  );
  const { status, body } = await ask("/v2/stats", { from: "10.1.0.9" });
  assert.deepEqual(
    [status, body],
    [400, "Unable to get task arn from request: unable to associate '10.1.0.9' with task"],
  );
});

test("no task has associations", async () => {
  const { ask, id } = metadataWorld();
  assert.deepEqual((await ask(`/v4/${id()}/associations/elastic-inference`)).body, { Associations: [] });
  const { status, body } = await ask(`/v3/${id()}/associations/elastic-inference/one`);
  assert.deepEqual(
    [status, body],
    [
      400,
      "Unable to write container association response: unable to get association from association type elastic-inference and association name one",
    ],
  );
});

test("faults cannot be injected", async () => {
  const { ask, id } = metadataWorld();
  const path = `/api/${id()}/fault/v1/network-latency/start`;
  const { status, body } = await ask(path, { method: "POST", body: "{}" });
  assert.deepEqual([status, body], [400, { Error: `enableFaultInjection is not enabled for task: ${arn}` }]);
  assert.equal((await ask(path)).status, 405);
});

test("other paths are not there, and repeated slashes lead to the one that is", async () => {
  const { ask, id } = metadataWorld();
  for (const path of ["/", "/v5/x", `/v4/${id()}/`, `/v4/${id()}/tasks`, "/latest/meta-data"]) {
    const { status, body } = await ask(path);
    assert.deepEqual([status, body], [404, "404 page not found\n"], path);
  }
  const { status, headers } = await ask(`/v4//${id()}`);
  assert.deepEqual([status, headers], [301, { location: `/v4/${id()}` }]);
});
