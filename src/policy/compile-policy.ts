import { type Check, compileCondition } from "./conditions.ts";
import { compileArn, compileGlob, type Matcher, tokenize } from "./matching.ts";
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
  readonly allow: readonly CompiledStatement[];
  readonly deny: readonly CompiledStatement[];
}

type ResourceTest = (resource: string, context: Context) => boolean;

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** Compiles a policy the first time that it is seen. */
export function compilePolicy({ policy }: NamedPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const all = policy.statements.map((statement, index) => compileStatement(statement, index, policy.version));
  const withEffect = (effect: Statement["effect"]) =>
    all.filter(({ index }) => policy.statements[index]!.effect === effect);
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
      matchesAction(action.toLowerCase()) &&
      matchesResource(resource, context) &&
      checks.every((check) => check(context)),
  };
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
    if (template.fixed !== undefined) return compileArn(template.fixed);
    return (name, context) => {
      const tokens = resolveTemplate(template, context);
      return tokens && compileArn(tokens)(name);
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
