import { systemClock } from "../clock.ts";
import { type ConnectionFlags, connect } from "./connection.ts";
import { definitionReferences } from "./held/definitions.ts";
import { holders } from "./held/holders.ts";
import { inventory, type SecretLine } from "./held/inventory.ts";
import { storedSecrets } from "./held/stored.ts";
import { age, table } from "./table.ts";

export interface SecretsFlags extends ConnectionFlags {
  readonly json?: boolean;
  /** Only those of which a task holds an older version; ends with 1 if there are any. */
  readonly stale?: boolean;
}

/** Prints each secret and parameter with its version and age, who references it, and who holds which version. */
export async function secrets({ json, stale, ...flags }: SecretsFlags): Promise<void> {
  const connection = connect(flags);
  const tasks = await connection.reached(holders(connection));
  const definitions = await definitionReferences(connection, new Set(tasks.map(({ definitionArn }) => definitionArn)));
  const all = inventory(await storedSecrets(connection), tasks, definitions);
  const lines = stale ? all.filter((line) => line.stale) : all;
  process.stdout.write(json ? `${JSON.stringify(lines)}\n` : secretsTable(lines, systemClock.now().getTime()));
  if (stale && lines.length > 0) process.exitCode = 1;
}

/** Definitions that a line has room for. */
const mostDefinitions = 3;

/** A line for each secret, and one below for each version that a service or a task of none holds. */
export function secretsTable(lines: readonly SecretLine[], now: number): string {
  const rows = lines.flatMap((line) => {
    const alone = line.tasks.filter(({ service }) => service === undefined);
    const rest = line.definitions.length - mostDefinitions;
    const definitions = line.definitions.slice(0, mostDefinitions).join(" ") + (rest > 0 ? ` +${rest}` : "");
    return [
      [line.name, line.version ?? "-", age(line.since, now), definitions || "-", line.stale ? "stale" : ""],
      ...line.services.map(({ service, version, state, tasks }) => [
        ...[`  service ${service}`, version, "", `${tasks} ${tasks === 1 ? "task" : "tasks"}`, state],
      ]),
      ...alone.map(({ taskArn, version, state, containers }) => [
        ...[`  task ${taskArn.slice(taskArn.lastIndexOf("/") + 1)}`, version, "", containers.join(" "), state],
      ]),
    ];
  });
  return table([["NAME", "VERSION", "AGE", "DEFINITIONS", "STATE"], ...rows]);
}
