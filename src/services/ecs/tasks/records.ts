import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Registered } from "../instances/registrant.ts";
import { openDocument, sealDocument } from "../sealed.ts";
import { taskHealth } from "./health.ts";
import type { Task } from "./task.ts";

export interface TaskFilter {
  readonly desiredStatus: Task["desiredStatus"];
  readonly family?: string | undefined;
  readonly serviceArn?: string | undefined;
  readonly instanceArn?: string | undefined;
  readonly startedBy?: string | undefined;
  readonly launchType?: string | undefined;
}

/** A live task is one that has not stopped: its `stopped_at` is null. */
export function taskRecords(db: Kysely<Tables>, keyring: Keyring) {
  const open = (row: { arn: string; document: Uint8Array }) => openDocument<Task>(keyring, row.arn, row.document);
  const rows = () => db.selectFrom("ecs_tasks").select(["arn", "document"]);
  const arns = () => db.selectFrom("ecs_tasks").select("arn");
  const values = (task: Task) => ({
    instance_arn: task.instanceArn ?? null,
    desired_status: task.desiredStatus,
    last_status: task.lastStatus,
    started_at: task.startedAt ?? null,
    stopping_at: task.stoppingAt ?? null,
    protected_until: task.protectedUntil ?? null,
    stopped_at: task.stoppedAt ?? null,
    stop_code: task.stopCode ?? null,
    health_status: taskHealth(task) ?? null,
    held: task.held ? JSON.stringify(task.held) : null,
    document: sealDocument(keyring, task.arn, task),
  });
  return {
    async find(arn: string): Promise<Task | undefined> {
      const row = await rows().where("arn", "=", arn).executeTakeFirst();
      return row && open(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly Task[]> {
      if (arns.length === 0) return [];
      return (await rows().where("arn", "in", arns).execute()).map(open);
    },
    async isThere(arn: string): Promise<boolean> {
      return (await arns().where("arn", "=", arn).executeTakeFirst()) !== undefined;
    },
    /** The instance that a task of the cluster is on. `undefined` where the cluster has no task of that ARN. */
    async machineOf(
      clusterArn: string,
      arn: string,
    ): Promise<{ readonly instance: Registered | undefined } | undefined> {
      const row = await db
        .selectFrom("ecs_tasks as task")
        .leftJoin("ecs_instances as instance", "instance.arn", "task.instance_arn")
        .select(["instance.arn", "instance.registrant"])
        .where("task.arn", "=", arn)
        .where("task.cluster_arn", "=", clusterArn)
        .executeTakeFirst();
      if (!row) return undefined;
      const { arn: instanceArn, registrant } = row;
      return { instance: instanceArn && registrant ? { arn: instanceArn, registrant } : undefined };
    },
    async add(task: Task): Promise<void> {
      const row = {
        arn: task.arn,
        cluster_arn: task.clusterArn,
        service_arn: task.serviceArn ?? null,
        family: task.family,
        definition_arn: task.definitionArn,
        started_by: task.startedBy ?? null,
        launch_type: task.launchType,
        capacity_provider: task.capacityProviderName ?? null,
        client_token: task.clientToken ?? null,
        created_at: task.createdAt,
        ...values(task),
      };
      await db.insertInto("ecs_tasks").values(row).execute();
    },
    /** For `storeTasks` alone: a task that stops gives back its reservation in the same transaction. */
    async update(task: Task): Promise<void> {
      await db.updateTable("ecs_tasks").set(values(task)).where("arn", "=", task.arn).execute();
    },
    async hasLive(clusterArn: string): Promise<boolean> {
      const live = arns().where("cluster_arn", "=", clusterArn).where("stopped_at", "is", null);
      return (await live.limit(1).executeTakeFirst()) !== undefined;
    },
    /** True if a live task of the cluster runs on one of the providers. */
    async hasLiveWith(clusterArn: string, providers: readonly string[]): Promise<boolean> {
      if (providers.length === 0) return false;
      const live = arns().where("cluster_arn", "=", clusterArn).where("stopped_at", "is", null);
      return (await live.where("capacity_provider", "in", providers).limit(1).executeTakeFirst()) !== undefined;
    },
    async liveOn(instanceArn: string): Promise<readonly Task[]> {
      return (await rows().where("instance_arn", "=", instanceArn).where("stopped_at", "is", null).execute()).map(open);
    },
    /** Those of the ARNs that are live tasks of the instance. */
    async areLiveOn(instanceArn: string, among: readonly string[]): Promise<ReadonlySet<string>> {
      if (among.length === 0) return new Set();
      const live = arns().where("instance_arn", "=", instanceArn).where("stopped_at", "is", null);
      return new Set((await live.where("arn", "in", among).execute()).map(({ arn }) => arn));
    },
    async withClientToken(clusterArn: string, clientToken: string): Promise<readonly Task[]> {
      const query = rows().where("client_token", "=", clientToken).where("cluster_arn", "=", clusterArn);
      return (await query.execute()).map(open);
    },
    /** ARNs after `after`, in order. */
    async list(clusterArn: string, filter: TaskFilter, limit: number, after: string): Promise<readonly string[]> {
      let query = arns()
        .where("cluster_arn", "=", clusterArn)
        .where("desired_status", "=", filter.desiredStatus)
        .where("arn", ">", after);
      if (filter.family !== undefined) query = query.where("family", "=", filter.family);
      if (filter.serviceArn !== undefined) query = query.where("service_arn", "=", filter.serviceArn);
      if (filter.instanceArn !== undefined) query = query.where("instance_arn", "=", filter.instanceArn);
      if (filter.startedBy !== undefined) query = query.where("started_by", "=", filter.startedBy);
      if (filter.launchType !== undefined) query = query.where("launch_type", "=", filter.launchType);
      return (await query.orderBy("arn").limit(limit).execute()).map(({ arn }) => arn);
    },
    /** How many live ones each cluster or instance has in each state. */
    async counts(by: "cluster_arn" | "instance_arn", arns: readonly string[]) {
      if (arns.length === 0) return [];
      return db
        .selectFrom("ecs_tasks")
        .select([`${by} as arn`, "desired_status", "last_status", "launch_type"])
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where(by, "in", arns)
        .where("stopped_at", "is", null)
        .groupBy([by, "desired_status", "last_status", "launch_type"])
        .execute();
    },
    /** Forgets those that stopped before `time`, with their tags. */
    async deleteStopped(time: number): Promise<void> {
      const stopped = arns().where("stopped_at", "<", time);
      await db.deleteFrom("ecs_tags").where("arn", "in", stopped).execute();
      await db.deleteFrom("ecs_tasks").where("stopped_at", "<", time).execute();
    },
  };
}
