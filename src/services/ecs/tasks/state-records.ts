import type { Kysely } from "kysely";
import { defined } from "../../../defined.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { failureCodes, type ScheduledTask, steadyAfter } from "./scheduled-task.ts";
import type { HeldSecrets, Task } from "./task.ts";

export type WantedTask = Pick<Task, "arn" | "desiredStatus">;

/** Tasks of a service with the same values, counted. */
export interface TaskCount extends Pick<ScheduledTask, "desiredStatus" | "lastStatus" | "stopCode" | "health"> {
  /** The deployment. */
  readonly startedBy: string | undefined;
  readonly count: number;
}

/** A task with the versions of secrets that it holds. */
export interface HeldRow extends Pick<Task, "arn" | "definitionArn"> {
  readonly held: HeldSecrets;
}

const columns = [
  "arn",
  "started_by",
  "instance_arn",
  "desired_status",
  "last_status",
  "created_at",
  "started_at",
  "stopping_at",
  "stop_code",
  "capacity_provider",
  "protected_until",
  "health_status",
] as const;

/** Tasks by their columns, for loops that look often: opens no sealed document. A live task is one that has not stopped. */
export function taskStateRecords(db: Kysely<Tables>) {
  const tasks = () => db.selectFrom("ecs_tasks");
  const opened = ({
    held,
    ...row
  }: Pick<Task, "arn" | "definitionArn"> & { readonly held: string | null }): HeldRow => ({
    ...row,
    held: JSON.parse(held ?? "null"),
  });
  const liveOn = (instanceArn: string) =>
    tasks()
      .select(["arn", "desired_status as desiredStatus"])
      .where("instance_arn", "=", instanceArn)
      .where("stopped_at", "is", null);
  return {
    /** Live ones of an instance. */
    async onInstance(arn: string): Promise<readonly WantedTask[]> {
      return liveOn(arn).execute();
    },
    /** Live ones of an instance that were made since a time, or that are to stop. */
    async newsOnInstance(arn: string, since: number): Promise<readonly WantedTask[]> {
      const made = liveOn(arn).where("desired_status", "=", "RUNNING").where("created_at", ">=", since);
      const stopping = liveOn(arn).where("desired_status", "=", "STOPPED");
      return [...(await made.execute()), ...(await stopping.execute())];
    },
    /**
     * A service's live tasks; and of those of a deployment that stopped, the ones that failed to start or to be healthy, and
     * the newest one that ran long enough.
     */
    async ofService(arn: string, deploymentId: string): Promise<readonly ScheduledTask[]> {
      const own = tasks().select(columns).where("service_arn", "=", arn);
      const stopped = own.where("stopped_at", "is not", null).where("started_by", "=", deploymentId);
      const failed = stopped
        .where("stop_code", "in", failureCodes)
        .where(({ eb, or }) =>
          or([eb("started_at", "is", null), eb("stopping_at", "<", eb("started_at", "+", steadyAfter))]),
        );
      const unhealthy = stopped
        .where("stop_code", "=", "ServiceSchedulerInitiated")
        .where("health_status", "=", "UNHEALTHY");
      const steady = stopped
        .where(({ eb }) => eb("stopping_at", ">=", eb("started_at", "+", steadyAfter)))
        .where(({ eb, or }) => or([eb("health_status", "is", null), eb("health_status", "=", "HEALTHY")]));
      const rows = [
        ...(await own.where("stopped_at", "is", null).execute()),
        ...(await failed.execute()),
        ...(await unhealthy.execute()),
        ...(await steady.orderBy("started_at", "desc").limit(1).execute()),
      ];
      return rows.map((row) => ({
        arn: row.arn,
        desiredStatus: row.desired_status,
        lastStatus: row.last_status,
        createdAt: row.created_at,
        ...defined({
          startedBy: row.started_by ?? undefined,
          instanceArn: row.instance_arn ?? undefined,
          startedAt: row.started_at ?? undefined,
          stoppingAt: row.stopping_at ?? undefined,
          stopCode: row.stop_code ?? undefined,
          capacityProviderName: row.capacity_provider ?? undefined,
          protectedUntil: row.protected_until ?? undefined,
          health: row.health_status ?? undefined,
        }),
      }));
    },
    /** Tasks that run and of whose secrets nobody has told, by their instance. */
    async untold(): Promise<ReadonlyMap<string, readonly string[]>> {
      const rows = await tasks()
        .select(["arn", "instance_arn"])
        .where("stopped_at", "is", null)
        .where("started_at", "is not", null)
        .where("held", "is", null)
        .execute();
      const byInstance = Map.groupBy(rows, (row) => row.instance_arn ?? "");
      return new Map([...byInstance].map(([instance, own]) => [instance, own.map(({ arn }) => arn)]));
    },
    /** What an instance's tasks that are to run hold. */
    async heldOn(instanceArn: string): Promise<readonly HeldRow[]> {
      const rows = await tasks()
        .select(["arn", "definition_arn as definitionArn", "held"])
        .where("instance_arn", "=", instanceArn)
        .where("stopped_at", "is", null)
        .where("desired_status", "=", "RUNNING")
        .where("held", "is not", null)
        .execute();
      return rows.map(opened);
    },
    /** What a service's tasks that are to run hold. */
    async heldOf(serviceArn: string): Promise<readonly HeldRow[]> {
      const rows = await tasks()
        .select(["arn", "definition_arn as definitionArn", "held"])
        .where("service_arn", "=", serviceArn)
        .where("stopped_at", "is", null)
        .where("desired_status", "=", "RUNNING")
        .where("held", "is not", null)
        .execute();
      return rows.map(opened);
    },
    /** How many live tasks of a deployment that are to run each provider has. */
    async countByProvider(serviceArn: string, deploymentId: string): Promise<ReadonlyMap<string, number>> {
      const rows = await tasks()
        .select("capacity_provider")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("service_arn", "=", serviceArn)
        .where("stopped_at", "is", null)
        .where("started_by", "=", deploymentId)
        .where("desired_status", "=", "RUNNING")
        .groupBy("capacity_provider")
        .execute();
      return new Map(rows.map((row) => [row.capacity_provider ?? "", row.count]));
    },
    /** How many live tasks of a deployment are to run. */
    async countWanted(serviceArn: string, deploymentId: string): Promise<number> {
      const { count } = await tasks()
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("service_arn", "=", serviceArn)
        .where("stopped_at", "is", null)
        .where("started_by", "=", deploymentId)
        .where("desired_status", "=", "RUNNING")
        .executeTakeFirstOrThrow();
      return count;
    },
    /** A service's live tasks, counted. */
    async countLive(serviceArn: string): Promise<readonly TaskCount[]> {
      const rows = await tasks()
        .select(["started_by", "desired_status as desiredStatus", "last_status as lastStatus", "health_status"])
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("service_arn", "=", serviceArn)
        .where("stopped_at", "is", null)
        .groupBy(["started_by", "desired_status", "last_status", "health_status"])
        .execute();
      return rows.map(({ started_by, health_status, ...row }) => ({
        ...row,
        startedBy: started_by ?? undefined,
        ...defined({ health: health_status ?? undefined }),
      }));
    },
    /** A service's tasks, counted; with the stopped ones that are remembered. */
    async countAll(serviceArn: string): Promise<readonly TaskCount[]> {
      const rows = await tasks()
        .select(["started_by", "desired_status as desiredStatus", "last_status as lastStatus", "stop_code"])
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("service_arn", "=", serviceArn)
        .groupBy(["started_by", "desired_status", "last_status", "stop_code"])
        .execute();
      return rows.map(({ started_by, stop_code, ...row }) => ({
        ...row,
        startedBy: started_by ?? undefined,
        ...defined({ stopCode: stop_code ?? undefined }),
      }));
    },
  };
}
