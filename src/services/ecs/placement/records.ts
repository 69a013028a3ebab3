import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Task } from "../tasks/task.ts";

/** SQL of the network interfaces of awsvpc tasks that have not stopped. */
export function interfaceRecords(db: Kysely<Tables>) {
  return {
    /** Those among the addresses that tasks of the instance have. */
    async inUse(instanceArn: string, addresses: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await db
        .selectFrom("ecs_interfaces")
        .select("address")
        .where("instance_arn", "=", instanceArn)
        .where("address", "in", addresses)
        .execute();
      return new Set(rows.map(({ address }) => address));
    },
    /** Adds that of a new task, if it has one. */
    async add({ arn, instanceArn, networkInterface }: Task): Promise<void> {
      if (!networkInterface || instanceArn === undefined) return;
      const { attachmentArn, address } = networkInterface;
      await db
        .insertInto("ecs_interfaces")
        .values({ attachment_arn: attachmentArn, task_arn: arn, instance_arn: instanceArn, address })
        .execute();
    },
    /** The task that an interface is attached to. */
    async taskOf(attachmentArn: string): Promise<string | undefined> {
      const row = await db
        .selectFrom("ecs_interfaces")
        .select("task_arn")
        .where("attachment_arn", "=", attachmentArn)
        .executeTakeFirst();
      return row?.task_arn;
    },
    /** Removes that of a task that has stopped. */
    async remove(taskArn: string): Promise<void> {
      await db.deleteFrom("ecs_interfaces").where("task_arn", "=", taskArn).execute();
    },
  };
}
