import { ConfigError } from "../server/config.ts";
import { type ConnectionFlags, connect } from "./connection.ts";
import { type Holder, holders, lastPart } from "./held/holders.ts";
import { table } from "./table.ts";

export interface TasksFlags extends ConnectionFlags {
  readonly cluster: string;
  readonly json?: boolean;
  readonly secrets?: boolean;
}

/** Prints the tasks that are to run, with the versions of the secrets that they hold where that is asked for. */
export async function tasks({ cluster, json, secrets, ...flags }: TasksFlags): Promise<void> {
  const connection = connect(flags);
  const found = await connection.reached(holders(connection, cluster)).catch((error: Error) => {
    if (error.name !== "ClusterNotFoundException") throw error;
    throw new ConfigError("Cannot find this --cluster", { cause: error });
  });
  if (json) {
    const lines = found.map(({ secrets: held, learntFrom, ...task }) =>
      secrets ? { ...task, learntFrom, secrets: held } : task,
    );
    process.stdout.write(`${JSON.stringify(lines)}\n`);
  } else process.stdout.write(tasksTable(found, secrets ?? false));
}

function tasksTable(found: readonly Holder[], withSecrets: boolean): string {
  const rows = found.flatMap((task) => [
    [lastPart(task.taskArn), lastPart(task.definitionArn), task.service ?? "-", task.status, task.health],
    ...(withSecrets ? task.secrets : []).map(({ arn, version, state, containers }) => [
      ...[`  ${arn.split(":").slice(5).join(":")}`, version, containers.join(" "), state],
      task.learntFrom === "audit-trail" ? "by the audit trail" : "",
    ]),
  ]);
  return table([["TASK", "DEFINITION", "SERVICE", "STATUS", "HEALTH"], ...rows]);
}
