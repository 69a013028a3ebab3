import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadMountPoint, PayloadTask, PayloadVolume } from "../../acs/protocol.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { openWorld, type World } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, payload, taskArn } from "../engine/task.fixture.ts";

const id = taskArn.split("/").at(-1) ?? "";
const mount = (sourceVolume: string, readOnly = false): PayloadMountPoint => ({
  sourceVolume,
  containerPath: `/${sourceVolume}`,
  readOnly,
});
const docker = (change: Partial<PayloadVolume["dockerVolumeConfiguration"]> = {}): PayloadVolume => ({
  name: "data",
  type: "docker",
  dockerVolumeConfiguration: {
    scope: "task",
    autoprovision: false,
    driver: "local",
    driverOpts: {},
    labels: {},
    ...change,
  },
});
const own: PayloadVolume = { name: "data", type: "host", host: {} };

function taskOf(volumes: readonly PayloadVolume[], mountPoints = volumes.map(({ name }) => mount(name))): PayloadTask {
  return payload([container("main", { mountPoints })], { volumes });
}

async function running(task: PayloadTask, world = openWorld()): Promise<World> {
  await world.engine.accept(task);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  return world;
}

async function stopped(world: World): Promise<void> {
  world.engine.stop(taskArn);
  await world.until("the task has stopped", () => isStopped(world.task()));
}

async function reasonFor(task: PayloadTask, world = openWorld()): Promise<string | undefined> {
  await world.engine.accept(task);
  await world.until("the task has stopped", () => isStopped(world.task()));
  return world.task().reason ?? world.task().containers[0]?.attempt.reason;
}

const bindsOf = ({ runtime }: World) => [...runtime.specs.values()].map(({ hostConfig }) => hostConfig?.Binds).at(-1);
const namesOf = async ({ runtime }: World) => ((await runtime.volumes?.list({})) ?? []).map(({ name }) => name);

test("a path of the machine is mounted, read-only where asked", async () => {
  const volumes: PayloadVolume[] = [{ name: "conf", type: "host", host: { sourcePath: "/etc/app" } }];
  const world = await running(taskOf(volumes, [mount("conf", true), { ...mount("conf"), containerPath: "/rw" }]));
  assert.deepEqual(bindsOf(world), ["/etc/app:/conf:ro", "/etc/app:/rw"]);
  assert.deepEqual(await namesOf(world), []);
});

const ofTask: readonly (readonly [string, PayloadVolume, object])[] = [
  ["a volume without a host path", own, { driver: "local", driverOptions: {} }],
  [
    "a Docker volume of scope task",
    docker({ driver: "nfs", driverOpts: { device: ":/x" }, labels: { team: "blue" } }),
    { driver: "nfs", driverOptions: { device: ":/x" } },
  ],
];
for (const [what, volume, expected] of ofTask) {
  test(`${what} is made for the task, and goes with its containers`, async () => {
    const world = await running(taskOf([volume]));
    const name = `ecs-web-3-data-${id}`;
    assert.deepEqual(bindsOf(world), [`${name}:/data`]);
    const { driver, driverOptions, labels } = (await world.runtime.volumes?.inspect(name)) ?? {};
    assert.deepEqual({ driver, driverOptions }, expected);
    assert.deepEqual(labels, {
      ...volume.dockerVolumeConfiguration?.labels,
      "com.amazonaws.ecs.task-arn": taskArn,
    });
    await stopped(world);
    assert.deepEqual(await namesOf(world), [name]);
    await world.engine.remove(taskArn);
    assert.deepEqual(await namesOf(world), []);
  });
}

test("a shared volume is made where there is none, taken as it is where there is one, and stays", async () => {
  const world = await running(taskOf([docker({ scope: "shared", autoprovision: true, labels: { a: "b" } })]));
  assert.deepEqual(bindsOf(world), ["data:/data"]);
  assert.deepEqual((await world.runtime.volumes?.inspect("data"))?.labels, { a: "b" });
  await stopped(world);
  await world.engine.remove(taskArn);
  assert.deepEqual(await namesOf(world), ["data"]);
  await world.engine.forget(taskArn);
  await running(taskOf([docker({ scope: "shared", autoprovision: false, driver: "other" })]), world);
  assert.equal((await world.runtime.volumes?.inspect("data"))?.driver, "local");
});

test("a shared volume that is not to be made has to be there", async () => {
  assert.equal(
    await reasonFor(taskOf([docker({ scope: "shared" })])),
    "initialize volume: volume detection failed, volume 'data' does not exist and autoprovision is set to false",
  );
});

test("a file system of EFS is one volume for all tasks, another for each access point and directory", async () => {
  const efs = (config: Partial<PayloadVolume["efsVolumeConfiguration"]> = {}): PayloadVolume => ({
    name: "data",
    type: "efs",
    efsVolumeConfiguration: { fileSystemId: "fs-1", rootDirectory: "/", ...config },
  });
  const sources: unknown[] = [];
  const world = openWorld();
  for (const config of [{}, { rootDirectory: "/a/b" }, { authorizationConfig: { accessPointId: "fsap-2" } }, {}]) {
    await running(taskOf([efs(config)]), world);
    sources.push((bindsOf(world) as string[])[0]);
    await stopped(world);
    await world.engine.remove(taskArn);
    await world.engine.forget(taskArn);
  }
  const [whole, directory, access, again] = sources;
  assert.deepEqual([whole, access, again], ["sealift-efs-fs-1:/data", "sealift-efs-fs-1-fsap-2:/data", whole]);
  assert.match(`${directory}`, /^sealift-efs-fs-1-[0-9a-f]{12}:\/data$/);
  assert.equal((await namesOf(world)).length, 3);
});

const refused: readonly (readonly [string, PayloadTask, string])[] = [
  ...(["fsxWindowsFileServer", "s3files", "ebs"] as const).map(
    (type) =>
      [
        `of type ${type}`,
        taskOf([{ name: "data", type }]),
        `VolumeError: volume 'data' is of type ${type}, which this agent does not have`,
      ] as const,
  ),
  ["that the task does not have", taskOf([own], [mount("other")]), "HostConfigError: Invalid volume referenced: other"],
];
for (const [what, task, reason] of refused) {
  test(`a volume ${what} fails the task by name`, async () => assert.equal(await reasonFor(task), reason));
}

test("a machine without volumes fails the task by name", async () => {
  const wrap = (runtime: Runtime): Runtime => {
    const { volumes: _, ...rest } = runtime;
    return rest;
  };
  const reason = await reasonFor(taskOf([own]), openWorld({ wrap }));
  assert.equal(reason, "VolumeError: this machine runs processes, which cannot have volume 'data'");
});

test("volumes that were made when another could not be go with the task, also after a kill -9", async () => {
  const task = taskOf([own, { ...docker({ scope: "shared" }), name: "missing" }]);
  const world = openWorld();
  await reasonFor(task, world);
  assert.deepEqual(await namesOf(world), [`ecs-web-3-data-${id}`]);
  const next = await world.killed();
  await next.engine.remove(taskArn);
  assert.deepEqual(await namesOf(next), []);
});
