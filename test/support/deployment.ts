import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import { runtimeLabel } from "../../src/runtime/docker/labels.ts";
import { clientsOf } from "./clients.ts";
import { containersOf } from "./containers.ts";
import type { Sealift } from "./sealift.ts";
import { prefixOf } from "./throw-away.ts";
import { until } from "./until.ts";

export interface DeploymentWatch {
  /**
   * Resolves once the service has one deployment, which is complete, and no container of the old tasks is left. The result
   * counts the tasks in the meantime. Rejects after a minute.
   */
  done(oldTasks: readonly string[]): Promise<{ readonly fewestRunning: number; readonly mostTasks: number }>;
}

/** Looks at a service's tasks, and at the Engine's containers, again and again from now on. */
export function watchDeployment(options: {
  readonly docker: Dockerode;
  readonly sealift: Sealift;
  readonly service: string;
  readonly family: string;
  /** Tasks of the family that are not the service's. */
  readonly others: readonly string[];
}): DeploymentWatch {
  const { ecs } = clientsOf(options.sealift);
  const seen = { fewestRunning: Number.POSITIVE_INFINITY, mostTasks: 0 };
  const label = [
    `${runtimeLabel}=${prefixOf(options.sealift.data)}`,
    `com.amazonaws.ecs.task-definition-family=${options.family}`,
    "com.amazonaws.ecs.container-name=web",
  ];
  const stopping = new AbortController();

  async function look(): Promise<void> {
    // Asks the Engine: a task that only claims to run serves nobody.
    const running = await options.docker.listContainers({ filters: { label } });
    const own = running.filter(({ Labels }) => !options.others.includes(Labels["com.amazonaws.ecs.task-arn"] ?? ""));
    seen.fewestRunning = Math.min(seen.fewestRunning, own.length);
    const { services } = await ecs.describeServices({ cluster: "default", services: [options.service] });
    const { runningCount = 0, pendingCount = 0 } = services?.[0] ?? {};
    seen.mostTasks = Math.max(seen.mostTasks, own.length, runningCount + pendingCount);
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look();
      await delay(50);
    }
  }

  const watching = watch();
  watching.catch(() => {}); // `done` rejects with it

  async function isOver(oldTasks: readonly string[]): Promise<boolean> {
    const { services } = await ecs.describeServices({ cluster: "default", services: [options.service] });
    const deployments = services?.[0]?.deployments ?? [];
    if (deployments.length !== 1 || deployments[0]?.rolloutState !== "COMPLETED") return false;
    const left = await Promise.all(oldTasks.map((task) => containersOf(options.docker, task)));
    return left.every((containers) => containers.length === 0);
  }

  return {
    async done(oldTasks) {
      try {
        await until("the deployment is over", () => isOver(oldTasks), { seconds: 60 });
      } finally {
        stopping.abort();
      }
      await watching;
      return seen;
    },
  };
}
