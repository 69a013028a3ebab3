import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const schema = join(root, "src/storage/schema");

/** The file whose lists must name the columns and rows of a table. Its name is that of the table's file in the schema. */
export function ownerFile(table: string): string {
  const owner = readdirSync(schema).find((file) =>
    new RegExp(`^ {2}${table}: \\{`, "m").test(readFileSync(join(schema, file), "utf8")),
  );
  if (owner === undefined) return `src/storage/schema has no file with the table ${table}`;
  const name = owner.replace(/\.ts$/, "");
  const files = [`src/services/${name}/service.ts`, `src/${name}/index.ts`];
  return files.find((file) => existsSync(join(root, file))) ?? "src/server/reset.ts";
}
