import type { ContainerSpec } from "../containers.ts";
import { taskLabelOf } from "../identity.ts";
import type { Engine } from "./engine.ts";
import { isConflict, isMissing, unless } from "./engine-error.ts";
import { taskVolumeLabel } from "./labels.ts";

export interface TaskVolumes {
  /** Makes the volumes that the container shares with others of its task. */
  make(spec: ContainerSpec): Promise<void>;
  /** Deletes those volumes of the container's task that no container has any more. */
  removeUnused(labels: ContainerSpec["labels"]): Promise<void>;
}

/**
 * Volumes that belong to one task: their names end with the task's id. The Engine would make them by itself, but nothing on them
 * would say whose they are, and nobody could delete them with the task. A volume that existed before is never deleted.
 */
export function taskVolumes({ connect, prefix }: Engine): TaskVolumes {
  return {
    async make({ labels, hostConfig }) {
      const task = taskLabelOf(labels);
      if (!task) return;
      for (const name of volumesIn(hostConfig?.Binds)) {
        if (!name.endsWith(`-${task.value.split("/").at(-1)}`)) continue;
        const docker = await connect();
        await docker.createVolume({ Name: name, Labels: { [task.name]: task.value, [taskVolumeLabel]: prefix } });
      }
    },

    async removeUnused(labels) {
      const task = taskLabelOf(labels);
      if (!task) return;
      const docker = await connect();
      const label = [`${task.name}=${task.value}`, `${taskVolumeLabel}=${prefix}`];
      const { Volumes: found } = await docker.listVolumes({ filters: { label } });
      const isLeft = (error: unknown) => isMissing(error) || isConflict(error);
      for (const { Name } of found ?? []) await unless(isLeft, docker.getVolume(Name).remove());
    },
  };
}

/** The named volumes of `name:/path[:options]`; paths of the machine are none. */
function volumesIn(binds: unknown): readonly string[] {
  if (!Array.isArray(binds)) return [];
  const sources = binds.map((bind) => String(bind).split(":", 1)[0] ?? "");
  return [...new Set(sources.filter((source) => source !== "" && !source.startsWith("/")))];
}
