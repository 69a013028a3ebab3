import type { Parameter } from "../parameters/parameter.ts";
import { type Snapshot, snapshot } from "./snapshot.ts";
import { type Node, publicTree } from "./tree.ts";

const root = "/aws/service";

/** True if a name or a path is among the parameters that AWS publishes. */
export function isPublic(name: string): boolean {
  return name === root || name.startsWith(`${root}/`);
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
export async function findPublicParameter(region: string, name: string): Promise<Parameter | undefined> {
  const read = await snapshot();
  const node = nodeAt(publicTree(read, region), name);
  return node && toParameter(read, name, node);
}

/** Parameters below a path, behind the name `after`. */
export async function listPublicParameters(
  region: string,
  path: string,
  {
    recursive,
    after,
    limit,
  }: { readonly recursive: boolean; readonly after: string | undefined; readonly limit: number },
): Promise<Parameter[]> {
  const read = await snapshot();
  const node = nodeAt(publicTree(read, region), path);
  const behind = after?.startsWith(`${path}/`) ? after.slice(path.length + 1).split("/") : [];
  const found: Parameter[] = [];
  for (const [name, one] of node ? below(node, path, recursive, behind) : []) {
    const parameter = toParameter(read, name, one);
    if (parameter) found.push(parameter);
    if (found.length === limit) break;
  }
  return found;
}

function nodeAt(tree: Node, name: string): Node | undefined {
  const names = name.slice(root.length + 1).split("/");
  return names.reduce((node: Node | undefined, part) => (part === "" ? node : node?.child(part)), tree);
}

/** A name is followed by what is below it. */
function* below(
  node: Node,
  path: string,
  recursive: boolean,
  [first, ...after]: readonly string[],
): Generator<readonly [string, Node]> {
  for (const part of node.names) {
    if (first !== undefined && part < first) continue;
    const child = node.child(part);
    if (!child) continue;
    const name = `${path}/${part}`;
    if (part !== first) yield [name, child];
    if (recursive) yield* below(child, name, true, part === first ? after : []);
  }
}

function toParameter({ date }: Snapshot, name: string, node: Node): Parameter | undefined {
  const { value, version = 1, modifiedAt } = node;
  if (value === undefined) return undefined;
  return {
    name,
    version,
    value: Buffer.from(value),
    type: "String",
    tier: "Standard",
    dataType: "text",
    description: undefined,
    allowedPattern: undefined,
    keyId: undefined,
    modifiedAt: new Date(modifiedAt === undefined ? date : modifiedAt * 1000),
    modifiedBy: "",
    policies: [],
    tags: [],
    expiresAt: undefined,
    resourcePolicy: undefined,
  };
}
