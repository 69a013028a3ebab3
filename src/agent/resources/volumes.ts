import { createHash } from "node:crypto";
import type { PayloadDockerVolume, PayloadFileSystem, PayloadVolume } from "../../acs/protocol.ts";
import { parseArn } from "../../arn.ts";
import { taskLabelsOf } from "../../runtime/identity.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import type { Volumes } from "../../runtime/volumes.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** By a volume's name in the task definition: the path on the machine, or the name of the runtime's volume. */
export interface Sources {
  readonly [name: string]: string;
}

/**
 * The volumes of a task. Those of its own carry its ARN and go when its containers are deleted; shared ones stay. A file system of EFS
 * is a volume of this machine, kept for ever, which all tasks with this file system share.
 */
export const volumes: Resource<Sources> = {
  kind: "volumes",
  after: [],
  keeps: "state",
  needed: ({ payload }) => payload.containers.some(({ mountPoints }) => mountPoints?.length),

  async make({ runtime }, task) {
    const sources: Record<string, string> = {};
    for (const volume of task.payload.volumes ?? []) {
      sources[volume.name] = volume.host?.sourcePath ?? (await makeVolume(runtime.volumes, volume, task));
    }
    return sources;
  },

  apply(container, task, name, sources = {}) {
    const mounts = payloadOf(task, name).mountPoints ?? [];
    if (mounts.length === 0) return container;
    const binds = mounts.map(({ sourceVolume, containerPath, readOnly }) => {
      const source = sources[sourceVolume];
      if (source === undefined) throw new RuntimeError("HostConfigError", `Invalid volume referenced: ${sourceVolume}`);
      return `${source}:${containerPath}${readOnly ? ":ro" : ""}`;
    });
    return { ...container, hostConfig: { ...container.hostConfig, Binds: binds } };
  },

  async clear({ volumes }, { arn }) {
    for (const { name } of (await volumes?.list(taskLabelsOf(arn))) ?? []) await volumes?.remove(name);
  },
};

/** Makes what is to be mounted and resolves to its name. A volume that is there already is taken as it is. */
function makeVolume(volumes: Volumes | undefined, volume: PayloadVolume, task: AgentTask): Promise<string> {
  const { name, type } = volume;
  if (!volumes)
    throw new ResourceFailure(`VolumeError: this machine runs processes, which cannot have volume '${name}'`);
  if (type === "host") return makeOwn(volumes, name, task);
  if (volume.dockerVolumeConfiguration) return makeDocker(volumes, name, volume.dockerVolumeConfiguration, task);
  if (volume.efsVolumeConfiguration) return makeFileSystem(volumes, volume.efsVolumeConfiguration);
  throw new ResourceFailure(`VolumeError: volume '${name}' is of type ${type}, which this agent does not have`);
}

function makeDocker(volumes: Volumes, name: string, config: PayloadDockerVolume, task: AgentTask): Promise<string> {
  return config.scope === "shared" ? makeShared(volumes, name, config) : makeOwn(volumes, name, task, config);
}

/** A volume of the task alone. */
async function makeOwn(volumes: Volumes, name: string, task: AgentTask, config?: PayloadDockerVolume): Promise<string> {
  const { family, version } = task.payload;
  const id = parseArn(task.arn)?.resource.split("/").at(-1);
  const own = `ecs-${family}-${version}-${name}-${id}`;
  await volumes.create({
    name: own,
    ...(config && { driver: config.driver, driverOptions: config.driverOpts }),
    labels: { ...config?.labels, ...taskLabelsOf(task.arn) },
  });
  return own;
}

async function makeShared(volumes: Volumes, name: string, config: PayloadDockerVolume): Promise<string> {
  if (await volumes.inspect(name)) return name;
  if (!config.autoprovision) {
    throw new ResourceFailure(
      `initialize volume: volume detection failed, volume '${name}' does not exist and autoprovision is set to false`,
    );
  }
  await volumes.create({ name, driver: config.driver, driverOptions: config.driverOpts, labels: config.labels });
  return name;
}

/** On a volume that stands for a file system of EFS, or for an access point or a directory of one. */
const fileSystemLabel = "sealift.efs";

async function makeFileSystem(volumes: Volumes, config: PayloadFileSystem): Promise<string> {
  const { fileSystemId, rootDirectory, authorizationConfig } = config;
  const access = authorizationConfig?.accessPointId;
  // A directory may have any name, a volume only letters, digits and a few signs.
  const directory = rootDirectory === "/" ? undefined : sha256(rootDirectory).slice(0, 12);
  const parts = [fileSystemId, access, directory].filter((part) => part !== undefined);
  const name = ["sealift-efs", ...parts].join("-");
  const label = [fileSystemId, access, rootDirectory].filter((part) => part !== undefined).join(" ");
  await volumes.create({ name, labels: { [fileSystemLabel]: label } });
  return name;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
