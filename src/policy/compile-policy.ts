import { defined } from "../defined.ts";
import { type Check, compileCondition } from "./conditions.ts";
import { compileGlob, compileResource, type Matcher, tokenize } from "./matching.ts";
import type { Condition, NamedPolicy, Policy, PolicyRequest, Statement } from "./policy.ts";
import { compilePrincipals, type PrincipalMatcher } from "./principals.ts";
import { type Context, compileTemplate, resolveTemplate } from "./variables.ts";

export interface CompiledStatement {
  readonly index: number;
  readonly sid?: string;
  /** The statement that this was compiled from. */
  readonly source: Statement;
  readonly principals: PrincipalMatcher;
  /** The parts of `applies`, which tell why it is false. */
  readonly parts: StatementParts;
  /** True if action, resource and conditions match; `principals` matches the caller. */
  applies(request: PolicyRequest): boolean;
}

export interface StatementParts {
  /** Takes the action's name in lower case. */
  readonly action: Matcher;
  readonly resource: ResourceTest;
  readonly conditions: readonly CompiledCondition[];
}

interface CompiledCondition {
  readonly source: Condition;
  readonly holds: Check;
}

export interface CompiledPolicy {
  readonly all: readonly CompiledStatement[];
  /** The statements of an effect that may apply to the action, in their order. */
  readonly allow: StatementsFor;
  readonly deny: StatementsFor;
}

type StatementsFor = (action: string) => readonly CompiledStatement[];

type ResourceTest = (resource: string, context: Context) => boolean;

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** Compiles a policy at its first use. */
export function compilePolicy({ policy }: NamedPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const all = policy.statements.map((statement, index) => compileStatement(statement, index, policy.version));
  const withEffect = (effect: Statement["effect"]) => byService(all.filter(({ source }) => source.effect === effect));
  const result = { all, allow: withEffect("Allow"), deny: withEffect("Deny") };
  compiled.set(policy, result);
  return result;
}

function compileStatement(statement: Statement, index: number, version: Policy["version"]): CompiledStatement {
  const matchesAction = compileActions(statement);
  const matchesResource = compileResources(statement, version);
  const conditions = statement.conditions.map((source) => ({ source, holds: compileCondition(source, version) }));
  return {
    index,
    ...defined({ sid: statement.sid }),
    source: statement,
    principals: compilePrincipals(statement),
    parts: { action: matchesAction, resource: matchesResource, conditions },
    applies: ({ action, resource, context }) =>
      matchesAction(read(action).lower) &&
      matchesResource(resource, context) &&
      conditions.every(({ holds }) => holds(context)),
  };
}

/** Sorts statements by service: most are about one service, so that most requests need only a few of them. */
function byService(statements: readonly CompiledStatement[]): StatementsFor {
  const services = new Map(statements.map((statement) => [statement, servicesOf(statement.source)]));
  const known = new Set([...services.values()].flatMap((names) => [...(names ?? [])]));
  const ofAny = statements.filter((statement) => services.get(statement) === undefined);
  const found = new Map<string, readonly CompiledStatement[]>();
  return (action) => {
    const { service } = read(action);
    if (!known.has(service)) return ofAny;
    const list = found.get(service) ?? statements.filter((each) => services.get(each)?.has(service) ?? true);
    found.set(service, list);
    return list;
  };
}

/** The services whose actions a statement names, in lower case; undefined if it may be about any service. */
function servicesOf({ action }: Statement): ReadonlySet<string> | undefined {
  const names = (action ?? ["*"]).map((pattern) => pattern.slice(0, Math.max(pattern.indexOf(":"), 0)).toLowerCase());
  return names.some((name) => name === "" || /[*?]/.test(name)) ? undefined : new Set(names);
}

interface ActionName {
  readonly action: string;
  readonly lower: string;
  readonly service: string;
}

let latest: ActionName = { action: "", lower: "", service: "" };

/** A request's action in the forms that statements compare, made once a request and not once a statement. */
function read(action: string): ActionName {
  if (latest.action !== action) {
    const lower = action.toLowerCase();
    latest = { action, lower, service: lower.slice(0, Math.max(lower.indexOf(":"), 0)) };
  }
  return latest;
}

function compileActions({ action, notAction }: Statement): Matcher {
  const patterns = (action ?? notAction ?? []).map((pattern) => compileGlob(tokenize(pattern.toLowerCase())));
  const matches: Matcher = (name) => patterns.some((pattern) => pattern(name));
  return notAction === undefined ? matches : (name) => !matches(name);
}

function compileResources(statement: Statement, version: Policy["version"]): ResourceTest {
  const { resource, notResource, effect } = statement;
  // A trust policy names no resource: its role is the resource.
  if (resource === undefined && notResource === undefined) return () => true;
  const patterns = (resource ?? notResource ?? []).map((pattern) => compileTemplate(pattern, version));
  const tests = patterns.map((template): ((resource: string, context: Context) => boolean | undefined) => {
    if (template.fixed !== undefined) return compileResource(template.fixed);
    return (name, context) => {
      const tokens = resolveTemplate(template, context);
      return tokens && compileResource(tokens)(name);
    };
  });
  if (notResource === undefined) return (name, context) => tests.some((test) => test(name, context) === true);
  // It is unknown what a variable without value excludes: in an Allow it excludes everything, in a Deny nothing.
  return (name, context) =>
    tests.every((test) => {
      const matches = test(name, context);
      return matches === undefined ? effect === "Deny" : !matches;
    });
}
