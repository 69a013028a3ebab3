import { defined } from "../defined.ts";
import { type Document, NotJson, readDocument } from "./document.ts";
import { readSubject, type SubjectOptions } from "./facts/read-subject.ts";
import type { Definition, Fact, Subject } from "./facts/subject.ts";
import type { Finding, Found } from "./finding.ts";
import { type Prediction, predictionOf } from "./prediction.ts";
import { rules } from "./rules/index.ts";
import type { Rule } from "./rules/rule.ts";

/** A definition to check: the text of a file, or one that is registered. */
export type Source =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly definition: Definition };

export interface Checked {
  /** The file, or `family:revision`. */
  readonly name: string;
  readonly isFile: boolean;
  readonly family: string | undefined;
  readonly findings: readonly Finding[];
  /** What resolves and may be used, as far as the check sees. */
  readonly ok: readonly Resolved[];
  /** How a registration or a task would fail; absent if it would not, as far as the check sees. */
  readonly prediction?: Prediction;
}

export interface Resolved {
  readonly pointer: string;
  readonly what: string;
}

/** Checks one definition by every rule. */
export async function checkDefinition(source: Source, options: SubjectOptions): Promise<Checked> {
  const { name } = source;
  if (!("text" in source))
    return checked(name, undefined, "", unwrapped(source.definition).definition ?? source.definition, options);
  let document: Document;
  try {
    document = readDocument(source.text);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return unreadable(name, `The file is no JSON: ${error.message}.`, error.place);
  }
  const { definition, prefix } = unwrapped(document.value);
  if (!definition) return unreadable(name, `The file holds no task definition: ${withoutContainers(document.value)}.`);
  return checked(name, document, prefix, definition, options);
}

export const unreadableRule = {
  id: "definition-unreadable",
  severity: "error",
  when: "register",
  title: "The file is no JSON, or holds no task definition",
} as const;

export const repeatedRule = {
  id: "member-repeated",
  severity: "warning",
  when: "register",
  title: "An object of the file has two members of one name, of which the last counts",
} as const;

/** What the file holds instead, where people often take that for a task definition. */
function withoutContainers(value: unknown): string {
  if (Array.isArray(value)) return "it is a list; as containerDefinitions it belongs into an object with a family";
  if (!isObject(value)) return "it is no object";
  const names = ["ContainerDefinitions", "container_definitions", "Resources", "resource"];
  const found = names.find((name) => name in value);
  const missing = "it has no list containerDefinitions";
  return found === undefined ? missing : `${missing}; "${found}" is not of RegisterTaskDefinition's input`;
}

function unreadable(name: string, message: string, place = { line: 1, column: 1 }): Checked {
  const { id: rule, severity, when } = unreadableRule;
  const finding: Finding = { rule, severity, when, pointer: "", message, ...place };
  return { name, isFile: true, family: undefined, findings: [finding], ok: [] };
}

/** Members of a described definition that no request has. */
const described = new Set([
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
  "deleteRequestedAt",
]);

/** The input of RegisterTaskDefinition, from that or from DescribeTaskDefinition's answer. */
function unwrapped(value: unknown): { readonly definition: Definition | undefined; readonly prefix: string } {
  const isWrapped = isObject(value) && isObject(value.taskDefinition);
  const inner = isWrapped ? value.taskDefinition : value;
  const prefix = isWrapped ? "/taskDefinition" : "";
  if (!isObject(inner) || !Array.isArray(inner.containerDefinitions)) return { definition: undefined, prefix };
  const members = Object.entries(inner).filter(([name]) => !described.has(name));
  return { definition: Object.fromEntries(members) as unknown as Definition, prefix };
}

/** The definition in a source; `undefined` where there is none. */
export function definitionOf(source: Source): Definition | undefined {
  if ("definition" in source) return source.definition;
  try {
    return unwrapped(readDocument(source.text).value).definition;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function checked(
  name: string,
  document: Document | undefined,
  prefix: string,
  definition: Definition,
  options: SubjectOptions,
): Promise<Checked> {
  const subject = await readSubject(definition, options);
  const placed = (rule: Omit<Rule, "find" | "title">, found: Found): Finding => {
    const pointer = prefix + found.pointer;
    const severity = (options.account.isAws && rule.severityOnAws) || rule.severity;
    return { ...found, rule: rule.id, severity, when: rule.when, pointer, ...document?.placeOf(pointer) };
  };
  const repeated = (document?.repeated() ?? []).map((pointer) => {
    const member = JSON.stringify(pointer.split("/").at(-1));
    const found = {
      pointer: pointer.slice(prefix.length),
      message: `The member ${member} stands here twice: the last counts.`,
    };
    return placed(repeatedRule, found);
  });
  const findings = [
    ...repeated,
    ...rules.flatMap((rule) => [...rule.find(subject)].map((found) => placed(rule, found))),
  ];
  return {
    name,
    isFile: document !== undefined,
    family: definition.family,
    findings: findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    ok: resolvedOf(subject, prefix),
    ...defined({ prediction: predictionOf(subject) }),
  };
}

function resolvedOf(subject: Subject, prefix: string): readonly Resolved[] {
  const { executionRole, taskRole, secrets, registries, images, logs, files } = subject;
  const of = <Kind extends Fact>(facts: readonly Kind[], what: (fact: Kind) => string): readonly Resolved[] =>
    facts
      .filter(({ outcome }) => outcome.kind === "ok")
      .map((fact) => ({ pointer: prefix + fact.pointer, what: what(fact) }));
  const roles = [executionRole, taskRole].flatMap((role) => role ?? []);
  return [
    ...of(roles, ({ arn }) => `ECS may assume ${arn}`),
    ...of(secrets, ({ name, valueFrom, secret, parameter, whole }) => {
      const found = secret?.arn ?? parameter?.name ?? valueFrom;
      return whole ? `everything of ${found} can be read` : `${name} resolves to ${found}`;
    }),
    ...of(registries, ({ secretId }) => `registry credentials resolve to ${secretId}`),
    ...of(images, ({ action, repository }) => `${action} on ${repository}`),
    ...of(logs, ({ action, group }) => `${action} on ${group}`),
    ...of(files, ({ action, arn }) => `${action} on ${arn}`),
  ];
}
