import type { Attribute } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "../definitions/definition.ts";

/**
 * What is otherwise here than AWS would have it, by what it is about (`resources`, `efs`), in words for people. A task keeps
 * its notices; DescribeTasks shows them as attributes, and the task's service as events.
 */
export type Notices = Readonly<Record<string, string>>;

const prefix = "sealift.notice.";

/** Notices as attributes of their task. */
export function noticeAttributes(notices: Notices = {}): Attribute[] {
  return Object.entries(notices).map(([what, value]) => ({ name: `${prefix}${what}`, value }));
}

/** No machine has file systems of EFS, so its agent has a volume of its own in the place of each. */
export function fileSystemNotices({ volumes = [] }: Pick<TaskDefinition, "volumes">): Notices {
  const texts = volumes.flatMap(({ name, efsVolumeConfiguration: efs }) =>
    efs ? [`'${name}' (${efs.fileSystemId})`] : [],
  );
  if (texts.length === 0) return {};
  return {
    efs: `In place of EFS, volumes of the task's machine are mounted as ${texts.join(", ")}. Only tasks on this machine share them.`,
  };
}

/** Nothing here sets a disk's size. */
export function storageNotices({ ephemeralStorage: storage }: Pick<TaskDefinition, "ephemeralStorage">): Notices {
  if (storage === undefined) return {};
  const text = `The task asks for ${storage.sizeInGiB} GiB of ephemeral storage. It has the disk of its machine, neither set aside nor limited.`;
  return { "ephemeral-storage": text };
}
