import { ECS, type Task } from "@aws-sdk/client-ecs";
import { learntTag, type ToldSecret, toldSecrets } from "../../services/ecs/index.ts";
import type { Connection } from "../connection.ts";
import { allPages, forEachOf, partsOf } from "../pages.ts";

/** A task that is to run, with the secrets that it holds. */
export interface Holder {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly definitionArn: string;
  /** The name of its service. */
  readonly service?: string;
  readonly status: string;
  readonly health: string;
  /** `agent` or `audit-trail`: who told what it holds; absent where nobody has told yet, or it holds nothing. */
  readonly learntFrom?: string;
  readonly secrets: readonly ToldSecret[];
}

/** The tasks that are to run, of one cluster or of all. */
export async function holders({ config }: Connection, cluster?: string): Promise<readonly Holder[]> {
  const ecs = new ECS(config);
  try {
    const found: Holder[] = [];
    for (const one of cluster === undefined ? await clusters(ecs) : [cluster]) {
      const arns = await allPages(async (nextToken) => {
        const answer = await ecs.listTasks({ cluster: one, desiredStatus: "RUNNING", nextToken });
        return { items: answer.taskArns, next: answer.nextToken };
      });
      const described = await forEachOf(partsOf(arns, 100), async (tasks) =>
        ecs.describeTasks({ cluster: one, tasks: [...tasks], include: ["TAGS"] }),
      );
      found.push(...described.flatMap(({ tasks = [] }) => tasks.map(toHolder)));
    }
    return found;
  } finally {
    ecs.destroy();
  }
}

export function clusters(ecs: ECS): Promise<readonly string[]> {
  return allPages(async (nextToken) => {
    const answer = await ecs.listClusters({ nextToken });
    return { items: answer.clusterArns, next: answer.nextToken };
  });
}

function toHolder({
  taskArn = "",
  clusterArn = "",
  taskDefinitionArn = "",
  group = "",
  tags = [],
  ...task
}: Task): Holder {
  const learntFrom = tags.find(({ key }) => key === learntTag)?.value;
  return {
    ...{ taskArn, clusterArn, definitionArn: taskDefinitionArn },
    ...(group.startsWith("service:") && { service: group.slice("service:".length) }),
    ...{ status: task.lastStatus ?? "", health: task.healthStatus ?? "UNKNOWN" },
    ...(learntFrom !== undefined && { learntFrom }),
    secrets: toldSecrets(tags),
  };
}

/** What follows the last slash of an ARN. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
