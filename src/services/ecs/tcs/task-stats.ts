import type { Access, Call } from "../../../model/call.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { findTasks } from "../tasks/find.ts";
import type { ContainerFigures } from "./figures.ts";

export interface TaskStatsInput {
  readonly cluster?: string;
  /** Ids or ARNs, 100 at most. */
  readonly tasks: readonly string[];
}

type FoundTasks = Awaited<ReturnType<typeof findTasks>>;

export interface TaskStats {
  readonly tasks: readonly {
    readonly taskArn: string;
    /** RFC 3339: when the agent told them. Absent, as `containers`, where none did of late. */
    readonly at?: string;
    readonly containers?: readonly ContainerFigures[];
  }[];
  readonly failures: readonly { readonly arn: string; readonly reason: "MISSING" }[];
}

/** What tasks use. It is nobody's API but Sealift's, and found, allowed and refused as DescribeTasks. */
export const taskStats = {
  find(input: TaskStatsInput, call: Call, context: Ecs): Promise<FoundTasks> {
    refuseMoreThan(100, "Tasks", input.tasks);
    return findTasks(context, call, input.cluster, input.tasks);
  },
  access: (found: FoundTasks): readonly Access[] =>
    inClusterNeeds(found).map((need) => ({ ...need, action: "ecs:DescribeTasks" })),
  run({ cluster, all }: FoundTasks, { figures }: Ecs): TaskStats {
    refuseNone("Tasks", all);
    activeCluster(cluster);
    return {
      tasks: all.flatMap(({ arn, item }) => {
        if (!item) return [];
        const found = item.lastStatus === "RUNNING" ? figures.get(arn) : undefined;
        return [{ taskArn: arn, ...(found && { at: new Date(found.at).toISOString(), containers: found.containers }) }];
      }),
      failures: all.flatMap(({ arn, item }) => (item ? [] : [{ arn, reason: "MISSING" as const }])),
    };
  },
};
