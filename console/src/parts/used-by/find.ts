import type { Api, CallOptions } from "../../api/client.ts";
import { ApiError, isExpired } from "../../api/error.ts";
import { chunks, everyPage } from "../../api/pages.ts";
import { limited } from "./limit.ts";
import { referencesTo } from "./references.ts";
import { type DefinitionUse, type Uses, usesOf } from "./uses.ts";

type Part = "clusters" | "services" | "tasks" | "definitions";

/** How far the search is. */
export interface Progress {
  readonly part: Part;
  readonly done: number;
  readonly of: number;
}

/** What was not read: so many calls of a part that failed, or what lies beyond the bound. */
export interface Gap {
  readonly part: Part;
  /** In which cluster. */
  readonly cluster?: string | undefined;
  /** Why, of the first call that failed. Without it the bound was reached. */
  readonly error?: ApiError | undefined;
  /** Calls that failed, or items that were read until the bound. */
  readonly count: number;
}

export interface Found extends Uses {
  readonly gaps: readonly Gap[];
  /** How many calls it took. */
  readonly calls: number;
}

export interface FindOptions extends CallOptions {
  readonly onProgress: (progress: Progress) => void;
}

/** Calls at a time. */
const atATime = 4;

/** Where the search stops; services and tasks in each cluster. */
const most = { clusters: 50, services: 500, tasks: 1_000, definitions: 500 } as const;

/**
 * Looks through services, running tasks, the latest active revision of each family and the revisions that run, for what uses
 * the secret or parameter. What may not be read becomes a gap. Nothing of a definition is kept but its references.
 */
export async function findUses(api: Api, arn: string, { onProgress, ...call }: FindOptions): Promise<Found> {
  const gaps: Gap[] = [];
  const run = limited(atATime);
  let calls = 0;
  const bounded: Api = {
    ...api,
    call(...values) {
      calls += 1;
      return run(() => api.call(...values));
    },
  };

  async function attempt<Result>(part: Part, cluster: string | undefined, act: () => Promise<Result>) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError) || isExpired(error)) throw error;
      const at = gaps.findIndex((gap) => gap.error && gap.part === part && gap.cluster === cluster);
      const known = gaps[at];
      if (known) gaps[at] = { ...known, count: known.count + 1 };
      else gaps.push({ part, cluster, error, count: 1 });
      return undefined;
    }
  }
  /** The ARNs or names of a list, until the bound. */
  async function listed(part: Part, cluster: string | undefined, list: (most: number) => Promise<string[]>) {
    const items = (await attempt(part, cluster, () => list(most[part] + 1))) ?? [];
    if (items.length > most[part]) gaps.push({ part, cluster, count: most[part] });
    return items.slice(0, most[part]);
  }
  async function servicesOf(cluster: string) {
    const arns = await listed("services", cluster, (most) =>
      everyPage(bounded, "ecs", "ListServices", { cluster, maxResults: 100 }, "serviceArns", { ...call, most }),
    );
    const answers = await Promise.all(
      chunks(arns, 10).map((services) =>
        attempt("services", cluster, () => bounded.call("ecs", "DescribeServices", { cluster, services }, call)),
      ),
    );
    return answers.flatMap((answer) => answer?.services ?? []).filter(({ status }) => status === "ACTIVE");
  }
  async function tasksOf(cluster: string) {
    const arns = await listed("tasks", cluster, (most) =>
      everyPage(bounded, "ecs", "ListTasks", { cluster, desiredStatus: "RUNNING" }, "taskArns", { ...call, most }),
    );
    const answers = await Promise.all(
      chunks(arns, 100).map((tasks) =>
        attempt("tasks", cluster, () =>
          bounded.call("ecs", "DescribeTasks", { cluster, tasks, include: ["TAGS"] }, call),
        ),
      ),
    );
    return answers.flatMap((answer) => answer?.tasks ?? []);
  }
  /** Those that name it, by ARN or, for the latest active revision, by family. */
  async function definitionsOf(names: readonly string[], isLatest: boolean, progress: (done: number) => void) {
    let done = 0;
    const read = await Promise.all(
      names.map(async (taskDefinition): Promise<readonly DefinitionUse[]> => {
        const answer = await attempt("definitions", undefined, () =>
          bounded.call("ecs", "DescribeTaskDefinition", { taskDefinition }, call),
        );
        done += 1;
        progress(done);
        const { taskDefinitionArn = "", containerDefinitions } = answer?.taskDefinition ?? {};
        return [{ arn: taskDefinitionArn, isLatest, references: referencesTo(arn, containerDefinitions) }];
      }),
    );
    return read.flat();
  }

  const clusters = await listed("clusters", undefined, (most) =>
    everyPage(bounded, "ecs", "ListClusters", {}, "clusterArns", { ...call, most }),
  );
  let clustersDone = 0;
  onProgress({ part: "clusters", done: 0, of: clusters.length });
  const running = await Promise.all(
    clusters.map(async (cluster) => {
      const [services, tasks] = await Promise.all([servicesOf(cluster), tasksOf(cluster)]);
      clustersDone += 1;
      onProgress({ part: "clusters", done: clustersDone, of: clusters.length });
      return { services, tasks };
    }),
  );
  const services = running.flatMap((one) => one.services);
  const tasks = running.flatMap((one) => one.tasks);

  const families = await listed("definitions", undefined, (most) =>
    everyPage(bounded, "ecs", "ListTaskDefinitionFamilies", { status: "ACTIVE" }, "families", { ...call, most }),
  );
  const latest = await definitionsOf(families, true, (done) =>
    onProgress({ part: "definitions", done, of: families.length }),
  );
  const known = new Set(latest.map((definition) => definition.arn));
  const inUse = [
    ...services.map(({ taskDefinition }) => taskDefinition ?? ""),
    ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn ?? ""),
  ];
  const others = await listed("definitions", undefined, async () =>
    [...new Set(inUse)].filter((one) => one !== "" && !known.has(one)),
  );
  const older = await definitionsOf(others, false, (done) =>
    onProgress({ part: "definitions", done: families.length + done, of: families.length + others.length }),
  );
  const definitions = [...latest, ...older].filter(({ references }) => references.length > 0);
  return { ...usesOf(arn, { definitions, services, tasks }), gaps, calls };
}
