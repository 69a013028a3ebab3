import type { Container } from "../definition.ts";
import { type Candidate, type ContainerRule, each, firstOf, type Rule } from "./rule.ts";

const linkPattern = /^[A-Za-z0-9_-]{1,255}(?::[A-Za-z0-9_.-]{1,255})?$/;

const unknownProblem: ContainerRule = (container, { containerDefinitions }) => {
  const isThere = (name: string | undefined) => containerDefinitions.some((other) => other.name === name);
  const malformed = container.links?.find((link) => !linkPattern.test(link));
  if (malformed !== undefined) return `Invalid 'links' setting. Malformed link: '${malformed}'`;
  const link = linked(container).find((name) => !isThere(name));
  if (link !== undefined) return `Invalid 'links' setting. Unknown container: '${link}'`;
  const source = (container.volumesFrom ?? []).find(({ sourceContainer }) => !isThere(sourceContainer));
  if (source) return `Invalid 'volumesFrom' setting. Unknown container: '${source.sourceContainer ?? null}'`;
  const on = (container.dependsOn ?? []).find(({ containerName }) => !isThere(containerName));
  return on && `Cannot depend on container + '${on.containerName}' because it does not exist`;
};

const conditionProblem: ContainerRule = ({ dependsOn = [] }, { containerDefinitions }) => {
  for (const { containerName, condition } of dependsOn) {
    const on = containerDefinitions.find(({ name }) => name === containerName);
    if (on?.essential && (condition === "SUCCESS" || condition === "COMPLETE")) {
      return "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container";
    }
    if (condition === "HEALTHY" && !on?.healthCheck) {
      return "A dependency container with HEALTHY condition must have health check configured";
    }
  }
  return undefined;
};

function cycleProblem({ containerDefinitions: containers }: Candidate): string | undefined {
  if (hasCycle(containers, linked)) return "Container links should not have a cycle";
  if (hasCycle(containers, dependedOn)) return "Container dependsOn contains a cycle";
  if (hasCycle(containers, volumeSources)) return "Container volumesFrom contains a cycle";
  // An agent waits for all three kinds.
  const all = (container: Container) => [...linked(container), ...dependedOn(container), ...volumeSources(container)];
  return hasCycle(containers, all) ? "Container links, volumesFrom and dependsOn contain a cycle" : undefined;
}

const linked = ({ links = [] }: Container) => links.map((link) => link.split(":")[0] ?? "");
const dependedOn = ({ dependsOn = [] }: Container) => dependsOn.flatMap(({ containerName }) => containerName ?? []);
const volumeSources = ({ volumesFrom = [] }: Container) =>
  volumesFrom.flatMap(({ sourceContainer }) => sourceContainer ?? []);

function hasCycle(containers: readonly Container[], next: (container: Container) => readonly string[]): boolean {
  const done = new Set<string>();
  const reaches = (name: string, path: readonly string[]): boolean => {
    if (path.includes(name)) return true;
    if (done.has(name)) return false;
    const container = containers.find((other) => other.name === name);
    const found = container !== undefined && next(container).some((other) => reaches(other, [...path, name]));
    done.add(name);
    return found;
  };
  return containers.some(({ name }) => reaches(name, []));
}

/** What containers wait for, link to and take volumes of. */
export const dependencyRules: Rule = firstOf(each(unknownProblem, conditionProblem), cycleProblem);
