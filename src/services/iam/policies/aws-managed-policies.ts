import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { parseArn } from "../../../arn.ts";
import { nameKey } from "../names.ts";
import { idAlphabet } from "../unique-id.ts";
import details from "./aws-managed-policies/details.json" with { type: "json" };
import { folder, indented, olderVersions, readPart } from "./aws-managed-policy-versions.ts";
import { type ManagedPolicy, type PolicyVersion, policyArn } from "./policy.ts";

/**
 * One of AWS's own policies. `scripts/aws-managed-policies.ts` wrote a line for each to `index.tsv`. The line has the
 * position of the newest version's document in `documents.bin`, where it is compressed. The index is read when the first
 * policy is asked for, a document when it is asked for itself.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
interface AwsManagedPolicy {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** The document's position. */
  readonly offset: number;
  readonly length: number;
}

/** Begins and ends with a line break, as every line does, so that a search finds a line without reading the others. */
let index: string | undefined;
/** The policies that were asked for, by path and name. A deployment uses some dozens. */
const found = new Map<string, AwsManagedPolicy>();
const documents = new Map<string, string>();

interface FoundAwsManaged {
  readonly policy: ManagedPolicy;
  /** The newest, which is the default one. */
  readonly version: PolicyVersion;
  /** Those before it, newest first. */
  older(): PolicyVersion[];
}

/** AWS's policy of that ARN. */
export function findAwsManaged(arn: string): FoundAwsManaged | undefined {
  const parts = parseArn(arn);
  if (parts?.account !== "aws" || parts.service !== "iam" || parts.region !== "") return undefined;
  const known = find(parts.resource);
  if (!known) return undefined;
  return {
    policy: toPolicy(known, parts.partition),
    version: {
      version: known.version,
      get document() {
        return readDocument(known);
      },
      createdAt: known.updatedAt,
    },
    older: () => olderVersions(known.path + known.name),
  };
}

/** By name. */
export function listAwsManaged(partition: string): ManagedPolicy[] {
  for (const line of readIndex().trim().split("\n")) {
    const resource = line.slice(0, line.indexOf("\t"));
    if (!found.has(resource)) found.set(resource, readLine(line));
  }
  return [...found.values()].map((known) => toPolicy(known, partition)).sort(byName);
}

function byName(left: ManagedPolicy, right: ManagedPolicy): number {
  return nameKey(left.name) < nameKey(right.name) ? -1 : 1;
}

/** `arnResource` is the end of an ARN: `policy/path/name`. */
function find(arnResource: string): AwsManagedPolicy | undefined {
  if (!arnResource.startsWith("policy/") || /[\t\n]/.test(arnResource)) return undefined;
  const resource = arnResource.slice("policy".length);
  const known = found.get(resource);
  if (known) return known;
  const lines = readIndex();
  const at = lines.indexOf(`\n${resource}\t`);
  if (at < 0) return undefined;
  const read = readLine(lines.slice(at + 1, lines.indexOf("\n", at + 1)));
  found.set(resource, read);
  return read;
}

function readIndex(): string {
  index ??= `\n${readFileSync(join(folder, "index.tsv"), "latin1")}`;
  return index;
}

function readLine(line: string): AwsManagedPolicy {
  const [resource = "", ...numbers] = line.split("\t");
  const [version = 0, createdAt = 0, updatedAt = 0, offset = 0, length = 0] = numbers.map(Number);
  const slash = resource.lastIndexOf("/");
  const name = resource.slice(slash + 1);
  return {
    id: detailsOf(name)?.id ?? stableId(name),
    path: resource.slice(0, slash + 1),
    name,
    version,
    createdAt: new Date(createdAt * 1000),
    updatedAt: new Date(updatedAt * 1000),
    offset,
    length,
  };
}

function readDocument({ path, name, offset, length }: AwsManagedPolicy): string {
  const known = documents.get(path + name);
  if (known !== undefined) return known;
  const document = indented(inflateRawSync(readPart("documents.bin", offset, length)).toString());
  documents.set(path + name, document);
  return document;
}

function toPolicy(known: AwsManagedPolicy, partition: string): ManagedPolicy {
  const { id, name, path, version, createdAt, updatedAt } = known;
  return {
    arn: policyArn({ partition, account: "aws" }, path, name),
    id,
    account: "aws",
    name,
    path,
    description: detailsOf(name)?.description,
    tags: {},
    defaultVersion: version,
    latestVersion: version,
    createdAt,
    updatedAt,
  };
}

function detailsOf(name: string): { readonly id: string; readonly description: string } | undefined {
  const byName: Readonly<Record<string, { readonly id: string; readonly description: string }>> = details;
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

/** An id in the form of AWS's own, which are not published. A name has always the same one. */
function stableId(name: string): string {
  const hash = createHash("sha256").update(name).digest();
  return `ANPA${Array.from(hash.subarray(0, 17), (byte) => idAlphabet[byte & 31]).join("")}`;
}
