/** Writes src/services/…/limits.json from the models of the installed botocore. `node scripts/limits.ts` */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { services } from "../src/services/index.ts";
import { botocoreData, readModel } from "./botocore.ts";
import { type Exports, inputStructures, operationNames } from "./input-structures.ts";
import { limitsOf } from "./limits-of.ts";

const data = botocoreData();
if (data === undefined) throw new Error("Cannot import botocore: install it for python3 (pip install botocore)");

for (const { name, client, model: folderName, load } of services) {
  const folder = join(import.meta.dirname, "..", "src", "services", name);
  const exports: Exports = await import(client);
  const model = readModel(data, folderName);
  const { limits, leftOut } = limitsOf(inputStructures(await operationNames(load), exports, model), model, exports);
  const lines = Object.entries(limits).map(
    ([member, limit]) => `  ${JSON.stringify(member)}: ${JSON.stringify(limit)}`,
  );
  writeFileSync(join(folder, "limits.json"), lines.length === 0 ? "{}\n" : `{\n${lines.join(",\n")}\n}\n`);
  console.log(`${name}: ${lines.length} members with limits`);
  for (const line of leftOut) console.log(`  left out: ${line}`);
}
