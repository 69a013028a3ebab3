/**
 * Writes src/services/…/limits.json from the models of the pinned botocore, and how many there are into
 * test/conformance/limits-counts.json. `node scripts/limits.ts [--drop]`; `--drop` lets limits disappear.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { services } from "../src/services/index.ts";
import { botocoreData, botocoreVersion, pinnedVersion, readModel } from "./botocore.ts";
import { type Exports, inputStructures, operationNames } from "./input-structures.ts";
import { limitsOf } from "./limits-of.ts";

const mayDrop = process.argv.includes("--drop");
const version = botocoreVersion();
const data = botocoreData();
if (version !== pinnedVersion || data === undefined) {
  const found = version === undefined ? "python3 cannot import botocore" : `python3 has botocore ${version}`;
  throw new Error(`Limits are made of botocore ${pinnedVersion} and ${found}: pip install botocore==${pinnedVersion}`);
}

const counts: Record<string, { readonly operations: number; readonly limits: number }> = {};
for (const { name, client, model: folderName, load } of services) {
  const file = join(import.meta.dirname, "..", "src", "services", name, "limits.json");
  const exports: Exports = await import(client);
  const model = readModel(data, folderName);
  const names = await operationNames(load);
  const { limits, leftOut } = limitsOf(inputStructures(names, exports, model), model, exports);
  const before: object = JSON.parse(readFileSync(file, "utf8"));
  const dropped = Object.keys(before).filter((member) => !Object.hasOwn(limits, member));
  if (dropped.length > 0 && !mayDrop) {
    throw new Error(`${name} would lose the limits of ${dropped.join(", ")}: run with --drop if that is meant`);
  }
  const lines = Object.entries(limits).map(
    ([member, limit]) => `  ${JSON.stringify(member)}: ${JSON.stringify(limit)}`,
  );
  writeFileSync(file, lines.length === 0 ? "{}\n" : `{\n${lines.join(",\n")}\n}\n`);
  counts[name] = { operations: names.length, limits: lines.length };
  console.log(`${name}: ${lines.length} members with limits`);
  for (const line of leftOut) console.log(`  left out: ${line}`);
}
const countsFile = join(import.meta.dirname, "..", "test", "conformance", "limits-counts.json");
writeFileSync(countsFile, `${JSON.stringify(counts, null, 2)}\n`);
