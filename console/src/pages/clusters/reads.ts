import type { Api, CallOptions } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { chunks, everyPage } from "../../api/pages.ts";
import { useRead } from "../../data/use-call.ts";
import type { Task } from "./types.ts";

/** Milliseconds between two looks at what changes by itself. */
const often = 3_000;
const seldom = 10_000;

/** Services and tasks that one call describes. */
const [mostServices, most] = [10, 100];

export function useClusters() {
  return useRead(
    ["ecs", "clusters"],
    async (api, call) => {
      const arns = await everyPage(api, "ecs", "ListClusters", {}, "clusterArns", call);
      const answers = await Promise.all(
        chunks(arns, most).map((clusters) => api.call("ecs", "DescribeClusters", { clusters }, call)),
      );
      return answers.flatMap(({ clusters = [] }) => clusters);
    },
    { live: seldom },
  );
}

export function useCluster(cluster: string) {
  return useRead(
    ["ecs", "cluster", cluster],
    async (api, call) => {
      const include = ["TAGS", "SETTINGS", "CONFIGURATIONS"] as const;
      const { clusters: [found] = [] } = await api.call(
        "ecs",
        "DescribeClusters",
        { clusters: [cluster], include: [...include] },
        call,
      );
      return found ?? missing("DescribeClusters", "ClusterNotFoundException", `Cluster not found: ${cluster}`);
    },
    { live: seldom },
  );
}

export function useServices(cluster: string) {
  return useRead(
    ["ecs", "services", cluster],
    async (api, call) => {
      const arns = await everyPage(api, "ecs", "ListServices", { cluster, maxResults: 100 }, "serviceArns", call);
      const answers = await Promise.all(
        chunks(arns, mostServices).map((services) => api.call("ecs", "DescribeServices", { cluster, services }, call)),
      );
      return answers.flatMap(({ services = [] }) => services);
    },
    { live: 5_000 },
  );
}

export function useService(cluster: string, service: string, isLive = true) {
  return useRead(
    ["ecs", "service", cluster, service],
    async (api, call) => {
      const { services: [found] = [] } = await api.call(
        "ecs",
        "DescribeServices",
        { cluster, services: [service], include: ["TAGS"] },
        call,
      );
      return found ?? missing("DescribeServices", "ServiceNotFoundException", `Service not found: ${service}`);
    },
    { live: isLive ? often : undefined },
  );
}

export type WantedTasks = "RUNNING" | "STOPPED" | "ALL";

export interface TasksOf {
  readonly cluster: string;
  readonly wanted: WantedTasks;
  readonly serviceName?: string;
  readonly containerInstance?: string;
}

export function useTasks(of: TasksOf) {
  return useRead(["ecs", "tasks", of], (api, call) => readTasks(api, of, call), { live: 5_000 });
}

async function readTasks(api: Api, of: TasksOf, call: CallOptions): Promise<Task[]> {
  const { cluster, wanted, ...rest } = of;
  const states = wanted === "ALL" ? (["RUNNING", "STOPPED"] as const) : [wanted];
  const arns = await Promise.all(
    states.map((desiredStatus) =>
      everyPage(api, "ecs", "ListTasks", { cluster, desiredStatus, ...rest }, "taskArns", call),
    ),
  );
  // A task may have stopped between the two lists.
  const all = [...new Set(arns.flat())];
  const answers = await Promise.all(
    chunks(all, most).map((tasks) => api.call("ecs", "DescribeTasks", { cluster, tasks, include: ["TAGS"] }, call)),
  );
  return answers.flatMap(({ tasks = [] }) => tasks);
}

export function useTask(cluster: string, task: string) {
  return useRead(
    ["ecs", "task", cluster, task],
    async (api, call) => {
      const { tasks: [found] = [] } = await api.call(
        "ecs",
        "DescribeTasks",
        { cluster, tasks: [task], include: ["TAGS"] },
        call,
      );
      return found ?? missing("DescribeTasks", "TaskNotFoundException", `Task not found: ${task}`);
    },
    { live: often },
  );
}

export function useInstances(cluster: string) {
  return useRead(
    ["ecs", "container-instances", cluster],
    async (api, call) => {
      const arns = await everyPage(api, "ecs", "ListContainerInstances", { cluster }, "containerInstanceArns", call);
      const answers = await Promise.all(
        chunks(arns, most).map((containerInstances) =>
          api.call("ecs", "DescribeContainerInstances", { cluster, containerInstances, include: ["TAGS"] }, call),
        ),
      );
      return answers.flatMap(({ containerInstances = [] }) => containerInstances);
    },
    { live: 5_000 },
  );
}

export function useInstance(cluster: string, instance: string) {
  return useRead(
    ["ecs", "container-instance", cluster, instance],
    async (api, call) => {
      const { containerInstances: [found] = [] } = await api.call(
        "ecs",
        "DescribeContainerInstances",
        { cluster, containerInstances: [instance], include: ["TAGS"] },
        call,
      );
      const message = `Container instance not found: ${instance}`;
      return found ?? missing("DescribeContainerInstances", "ContainerInstanceNotFoundException", message);
    },
    { live: 5_000 },
  );
}

/** What the API answers as a failure among successes is, on the page of that one resource, its error. */
function missing(operation: string, code: string, message: string): never {
  throw new ApiError(code, message, { status: 400, operation: `ecs:${operation}` });
}
