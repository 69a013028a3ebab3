import { type HeldSecret, heldBy } from "../held.ts";
import type { Reference } from "./references.ts";

/** A revision that names the secret or parameter. */
export interface DefinitionUse {
  readonly arn: string;
  /** The newest active revision of its family. */
  readonly isLatest: boolean;
  readonly references: readonly Reference[];
}

export interface TaskUse {
  readonly arn: string;
  readonly clusterArn: string;
  readonly definitionArn: string;
  /** The name of its service. */
  readonly service: string | undefined;
  /** `RUNNING`, or what comes before and after it. */
  readonly status: string;
  /** None where nobody has told yet, or it was needed for the pull of the image only. */
  readonly held: readonly HeldSecret[];
  readonly isForPullOnly: boolean;
}

export interface ServiceUse {
  readonly arn: string;
  readonly clusterArn: string;
  readonly name: string;
  readonly definitionArn: string;
  /** Of its tasks that are to run and use it. */
  readonly tasks: number;
  readonly staleTasks: number;
}

export interface Uses {
  readonly definitions: readonly DefinitionUse[];
  readonly services: readonly ServiceUse[];
  readonly tasks: readonly TaskUse[];
}

/** Of DescribeTasks. */
export interface FoundTask {
  readonly taskArn?: string | undefined;
  readonly clusterArn?: string | undefined;
  readonly taskDefinitionArn?: string | undefined;
  readonly group?: string | undefined;
  readonly lastStatus?: string | undefined;
  readonly tags?: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined;
}

/** Of DescribeServices. */
export interface FoundService {
  readonly serviceArn?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly clusterArn?: string | undefined;
  readonly taskDefinition?: string | undefined;
}

/**
 * Who uses a secret or parameter: the definitions that name it, the tasks that hold it or whose definition names it, and the
 * services of either. `definitions` are those that name it.
 */
export function usesOf(
  arn: string,
  found: {
    readonly definitions: readonly DefinitionUse[];
    readonly services: readonly FoundService[];
    readonly tasks: readonly FoundTask[];
  },
): Uses {
  const byArn = new Map(found.definitions.map((definition) => [definition.arn, definition.references]));
  const tasks = found.tasks.flatMap(
    ({ taskArn = "", taskDefinitionArn = "", group = "", tags, ...task }): TaskUse[] => {
      const held = heldBy(tags).secrets.filter((one) => one.arn === arn);
      const references = byArn.get(taskDefinitionArn) ?? [];
      if (held.length === 0 && references.length === 0) return [];
      return [
        {
          arn: taskArn,
          clusterArn: task.clusterArn ?? "",
          definitionArn: taskDefinitionArn,
          service: group.startsWith("service:") ? group.slice("service:".length) : undefined,
          status: task.lastStatus ?? "",
          held,
          isForPullOnly: held.length === 0 && references.every(({ place }) => place === "registry"),
        },
      ];
    },
  );
  const services = found.services.flatMap((service): ServiceUse[] => {
    const { serviceArn = "", serviceName = "", clusterArn = "", taskDefinition = "" } = service;
    const own = tasks.filter((task) => task.clusterArn === clusterArn && task.service === serviceName);
    if (own.length === 0 && !byArn.has(taskDefinition)) return [];
    const staleTasks = own.filter(isStale).length;
    return [
      { arn: serviceArn, clusterArn, name: serviceName, definitionArn: taskDefinition, tasks: own.length, staleTasks },
    ];
  });
  return { definitions: found.definitions, services, tasks };
}

/** It holds a version that it would not get now. */
export function isStale({ held }: Pick<TaskUse, "held">): boolean {
  return held.some(({ state }) => state !== "current");
}
