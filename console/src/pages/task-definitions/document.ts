import type { ContainerDefinition, RegisterTaskDefinitionRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";
import { type JsonProblem, placeOf } from "../../parts/json-problem.ts";

export type Path = readonly (string | number)[];

const formatting = { formattingOptions: { insertSpaces: true, tabSize: 2 } } as const;

/** The text with one member changed, or without it if `value` is undefined. Everything else stays as it was written. */
export function edited(text: string, path: Path, value: unknown): string {
  // A list that nobody wrote yet begins with its first item.
  return applyEdits(text, modify(text, [...path], value, formatting));
}

/** The text with an item more at a list's end. */
export function added(text: string, path: Path, item: unknown): string {
  const list = valueAt(JSON.parse(text), path);
  if (!Array.isArray(list)) return edited(text, path, [item]);
  return applyEdits(text, modify(text, [...path, list.length], item, { ...formatting, isArrayInsertion: true }));
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[part];
  }
  return found;
}

/** The members of a task definition that RegisterTaskDefinition takes. */
const members = {
  family: true,
  taskRoleArn: true,
  executionRoleArn: true,
  networkMode: true,
  containerDefinitions: true,
  volumes: true,
  placementConstraints: true,
  requiresCompatibilities: true,
  cpu: true,
  memory: true,
  tags: true,
  pidMode: true,
  ipcMode: true,
  proxyConfiguration: true,
  inferenceAccelerators: true,
  ephemeralStorage: true,
  runtimePlatform: true,
  enableFaultInjection: true,
} satisfies Record<keyof RegisterTaskDefinitionRequest, true>;

const containerMembers = {
  name: true,
  image: true,
  repositoryCredentials: true,
  cpu: true,
  memory: true,
  memoryReservation: true,
  links: true,
  portMappings: true,
  essential: true,
  restartPolicy: true,
  entryPoint: true,
  command: true,
  environment: true,
  environmentFiles: true,
  mountPoints: true,
  volumesFrom: true,
  linuxParameters: true,
  secrets: true,
  dependsOn: true,
  startTimeout: true,
  stopTimeout: true,
  versionConsistency: true,
  hostname: true,
  user: true,
  workingDirectory: true,
  disableNetworking: true,
  privileged: true,
  readonlyRootFilesystem: true,
  dnsServers: true,
  dnsSearchDomains: true,
  extraHosts: true,
  dockerSecurityOptions: true,
  interactive: true,
  pseudoTerminal: true,
  dockerLabels: true,
  ulimits: true,
  logConfiguration: true,
  healthCheck: true,
  systemControls: true,
  resourceRequirements: true,
  firelensConfiguration: true,
  credentialSpecs: true,
} satisfies Record<keyof ContainerDefinition, true>;

/** What DescribeTaskDefinition adds, which no registration takes. */
const answered = new Set<keyof TaskDefinition>([
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "deregisteredAt",
  "registeredBy",
  "deleteRequestedAt",
]);

/** A revision as the document of the next one. */
export function asDocument(definition: object, tags: readonly object[] | undefined): string {
  const kept = Object.entries(definition).filter(([name]) => !answered.has(name as keyof TaskDefinition));
  return JSON.stringify({ ...Object.fromEntries(kept), ...(tags && tags.length > 0 && { tags }) }, null, 2);
}

/** Members that the API would pass over without a word, and where they stand. */
export function unknownMembers(text: string, wording: (name: string) => string): readonly JsonProblem[] {
  const tree = parseTree(text);
  const containers = tree && findNodeAtLocation(tree, ["containerDefinitions"]);
  return [
    ...unknownIn(tree, members),
    ...(containers?.type === "array"
      ? (containers.children ?? []).flatMap((node) => unknownIn(node, containerMembers))
      : []),
  ];

  function unknownIn(
    node: ReturnType<typeof parseTree>,
    known: Readonly<Record<string, true>>,
  ): readonly JsonProblem[] {
    if (node?.type !== "object") return [];
    return (node.children ?? []).flatMap(({ children: [name] = [] }) => {
      if (!name || Object.hasOwn(known, String(name.value))) return [];
      return [{ ...placeOf(text, name.offset), message: wording(String(name.value)) }];
    });
  }
}

/** The names of an object's members that a form does not show. */
export function otherMembers(value: unknown, shown: ReadonlySet<string>): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value).filter((name) => !shown.has(name)) : [];
}
