import type { Container, TaskDefinition } from "../definition.ts";

/** A definition on its way to be registered, with defaults filled in. */
export type Candidate = Omit<TaskDefinition, "arn" | "revision" | "status" | "registeredAt">;

/** Why a definition is refused, in AWS's words where they are known; `undefined` if it keeps the rule. */
export type Rule = (definition: Candidate) => string | undefined;

export type ContainerRule = (container: Container, definition: Candidate) => string | undefined;

/** The first problem that any of the rules finds, rule by rule. */
export function firstOf(...rules: readonly Rule[]): Rule {
  return (definition) => {
    for (const rule of rules) {
      const problem = rule(definition);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/** A rule for each container. */
export function each(...rules: readonly ContainerRule[]): Rule {
  return firstOf(
    ...rules.map(
      (rule): Rule =>
        (definition) => {
          for (const container of definition.containerDefinitions) {
            const problem = rule(container, definition);
            if (problem !== undefined) return problem;
          }
          return undefined;
        },
    ),
  );
}

export function isBetween(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
}

/** AWS's words for a member that is out of its bounds or malformed. */
export function invalidSetting(member: string, container: string): string {
  return `Invalid '${member}' setting for container '${container}'.`;
}

/** The first item that is there a second time. */
export function twice<Item>(items: readonly Item[]): Item | undefined {
  return items.find((item, index) => items.indexOf(item) < index);
}
