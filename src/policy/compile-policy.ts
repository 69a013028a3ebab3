import { type Check, compileCondition } from "./conditions.ts";
import { compileGlob, compileResource, type Matcher, tokenize } from "./matching.ts";
import type { NamedPolicy, Policy, PolicyRequest, Statement } from "./policy.ts";
import { compilePrincipals, type PrincipalMatcher } from "./principals.ts";
import { type Context, compileTemplate, resolveTemplate } from "./variables.ts";

export interface CompiledStatement {
  readonly index: number;
  readonly sid?: string;
  readonly principals: PrincipalMatcher;
  /** The parts of `applies`, for those who ask which of them fails. */
  readonly parts: StatementParts;
  /** Action, resource and conditions. Who asks is for `principals`. */
  applies(request: PolicyRequest): boolean;
}

export interface StatementParts {
  /** The name in lower case. */
  readonly action: Matcher;
  readonly resource: ResourceTest;
  /** One for each of the statement's conditions, in their order. */
  readonly conditions: readonly Check[];
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

/** Compiles a policy the first time that it is seen. */
export function compilePolicy({ policy }: NamedPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const all = policy.statements.map((statement, index) => compileStatement(statement, index, policy.version));
  const withEffect = (effect: Statement["effect"]) => {
    const statements = policy.statements.map(servicesOf);
    return byService(
      all.filter(({ index }) => policy.statements[index]!.effect === effect),
      ({ index }) => statements[index],
    );
  };
  const result = { all, allow: withEffect("Allow"), deny: withEffect("Deny") };
  compiled.set(policy, result);
  return result;
}

function compileStatement(statement: Statement, index: number, version: Policy["version"]): CompiledStatement {
  const matchesAction = compileActions(statement);
  const matchesResource = compileResources(statement, version);
  const checks = statement.conditions.map((condition) => compileCondition(condition, version));
  return {
    index,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    principals: compilePrincipals(statement),
    parts: { action: matchesAction, resource: matchesResource, conditions: checks },
    applies: ({ action, resource, context }) =>
      matchesAction(read(action).lower) &&
      matchesResource(resource, context) &&
      checks.every((check) => check(context)),
  };
}

/** Most statements are about one service, so that most requests need not look at most of them. */
function byService(
  statements: readonly CompiledStatement[],
  services: (statement: CompiledStatement) => ReadonlySet<string> | undefined,
): StatementsFor {
  const known = new Set(statements.flatMap((statement) => [...(services(statement) ?? [])]));
  const ofAny = statements.filter((statement) => services(statement) === undefined);
  const found = new Map<string, readonly CompiledStatement[]>();
  return (action) => {
    const { service } = read(action);
    if (!known.has(service)) return ofAny;
    const list = found.get(service) ?? statements.filter((each) => services(each)?.has(service) ?? true);
    found.set(service, list);
    return list;
  };
}

/** The services, in lower case, whose actions a statement names; undefined if there may be any. */
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

/** A request's action in the forms that statements ask for, worked out once a request and not once a statement. */
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
  // A role's trust policy names no resource: it is about the role.
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
  // Nobody can say what a variable without value excludes: an Allow then excludes all, a Deny nothing.
  return (name, context) =>
    tests.every((test) => {
      const matches = test(name, context);
      return matches === undefined ? effect === "Deny" : !matches;
    });
}
