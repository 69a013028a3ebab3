import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Registered } from "../instances/registrant.ts";
import { type PlacedTask, placementOf } from "../placement/placed-task.ts";
import { openDocument, sealDocument } from "../sealed.ts";
import type { Task } from "./task.ts";

export interface TaskFilter {
  readonly desiredStatus: string;
  readonly family?: string | undefined;
  readonly serviceArn?: string | undefined;
  readonly instanceArn?: string | undefined;
  readonly startedBy?: string | undefined;
  readonly launchType?: string | undefined;
}

export function taskRecords(db: Kysely<Tables>, keyring: Keyring) {
  const open = (row: { arn: string; document: Uint8Array }) => openDocument<Task>(keyring, row.arn, row.document);
  const rows = () => db.selectFrom("ecs_tasks").select(["arn", "document"]);
  const values = (task: Task) => ({
    instance_arn: task.instanceArn ?? null,
    desired_status: task.desiredStatus,
    last_status: task.lastStatus,
    stopped_at: task.stoppedAt ?? null,
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
      const row = await db.selectFrom("ecs_tasks").select("arn").where("arn", "=", arn).executeTakeFirst();
      return row !== undefined;
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
        client_token: task.clientToken ?? null,
        placement: JSON.stringify(placementOf(task)),
        ...values(task),
      };
      await db.insertInto("ecs_tasks").values(row).execute();
    },
    async update(task: Task): Promise<void> {
      await db.updateTable("ecs_tasks").set(values(task)).where("arn", "=", task.arn).execute();
    },
    /** Those of an instance that have not stopped. */
    async live({ instanceArn }: { readonly instanceArn: string }): Promise<readonly Task[]> {
      const query = rows().where("last_status", "!=", "STOPPED").where("instance_arn", "=", instanceArn);
      return (await query.execute()).map(open);
    },
    /** As `live`, without opening them. */
    async states(instanceArn: string): Promise<readonly Pick<Task, "arn" | "desiredStatus">[]> {
      const found = await db
        .selectFrom("ecs_tasks")
        .select(["arn", "desired_status"])
        .where("last_status", "!=", "STOPPED")
        .where("instance_arn", "=", instanceArn)
        .execute();
      return found.map(({ arn, desired_status }) => ({ arn, desiredStatus: desired_status as Task["desiredStatus"] }));
    },
    /** Those that have not stopped, of one instance or one cluster, as placement sees them. */
    async placed(
      of: { readonly instanceArn: string } | { readonly clusterArn: string },
    ): Promise<readonly PlacedTask[]> {
      const [column, value] =
        "instanceArn" in of ? (["instance_arn", of.instanceArn] as const) : (["cluster_arn", of.clusterArn] as const);
      const found = await db
        .selectFrom("ecs_tasks")
        .select(["placement", "last_status"])
        .where(column, "=", value)
        .where("last_status", "!=", "STOPPED")
        .execute();
      return found.map(({ placement, last_status }) => ({ ...JSON.parse(placement), lastStatus: last_status }));
    },
    async hasLive(clusterArn: string): Promise<boolean> {
      const live = db.selectFrom("ecs_tasks").select("arn").where("last_status", "!=", "STOPPED");
      return (await live.where("cluster_arn", "=", clusterArn).limit(1).executeTakeFirst()) !== undefined;
    },
    async allLive(): Promise<readonly Task[]> {
      return (await rows().where("last_status", "!=", "STOPPED").execute()).map(open);
    },
    /** Stopped ones included, as long as they are remembered. */
    async ofService(serviceArn: string): Promise<readonly Task[]> {
      return (await rows().where("service_arn", "=", serviceArn).execute()).map(open);
    },
    async withClientToken(clusterArn: string, clientToken: string): Promise<readonly Task[]> {
      const query = rows().where("cluster_arn", "=", clusterArn).where("client_token", "=", clientToken);
      return (await query.execute()).map(open);
    },
    /** ARNs after `after`, in order. */
    async list(clusterArn: string, filter: TaskFilter, limit: number, after: string): Promise<readonly string[]> {
      let query = db
        .selectFrom("ecs_tasks")
        .select("arn")
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
    /** How many of each cluster, service or instance there are in each state. */
    async counts(by: "cluster_arn" | "service_arn" | "instance_arn", arns: readonly string[]) {
      if (arns.length === 0) return [];
      return db
        .selectFrom("ecs_tasks")
        .select([`${by} as arn`, "desired_status", "last_status", "launch_type"])
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where(by, "in", arns)
        .where("last_status", "!=", "STOPPED")
        .groupBy([by, "desired_status", "last_status", "launch_type"])
        .execute();
    },
    /** Forgets those that stopped before `time`, with their tags. */
    async deleteStopped(time: number): Promise<void> {
      const stopped = db.selectFrom("ecs_tasks").select("arn").where("stopped_at", "<", time);
      await db.deleteFrom("ecs_tags").where("arn", "in", stopped).execute();
      await db.deleteFrom("ecs_tasks").where("stopped_at", "<", time).execute();
    },
  };
}
