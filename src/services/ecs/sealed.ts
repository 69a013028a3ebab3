import type { Keyring } from "../../keyring/keyring.ts";
import type { SealedColumn } from "../../storage/sealed-column.ts";

/** `document` as JSON, sealed for the row that `arn` names. */
export function sealDocument(keyring: Keyring, arn: string, document: object): Uint8Array {
  return keyring.seal(Buffer.from(JSON.stringify(document)), purpose(arn));
}

export function openDocument<T>(keyring: Keyring, arn: string, sealed: Uint8Array): T {
  const text = keyring.open(sealed, purpose(arn));
  if (!text) throw new Error(`Cannot open the record of ${arn}: it was sealed with another root key or changed`);
  return JSON.parse(Buffer.from(text).toString());
}

function purpose(arn: string): string {
  return `ecs:${arn}`;
}

/** The columns of ECS that are sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [
  ...(["ecs_task_definitions", "ecs_tasks"] as const).map(
    (table): SealedColumn => ({ table, column: "document", key: ["arn"], purpose: ({ arn }) => purpose(String(arn)) }),
  ),
  { table: "ecs_exec_sessions", column: "document", key: ["id"], purpose: ({ id }) => purpose(String(id)) },
];
