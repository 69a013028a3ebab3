export { contextKeysOf } from "./context-keys.ts";
export { denialMessage } from "./denial.ts";
export { evaluate } from "./evaluate.ts";
export { explain, explainSerialised } from "./explain.ts";
export { MalformedPolicy, type PolicyKind } from "./malformed-policy.ts";
export { compileArn, matchesWildcards, tokenize } from "./matching.ts";
export { parsePolicy } from "./parse-policy.ts";
export type {
  Decision,
  NamedPolicy,
  Policy,
  PolicyRequest,
  PolicySet,
  PrincipalIdentity,
  Statement,
} from "./policy.ts";
export { type StatementPosition, statementPositions } from "./statement-positions.ts";
export {
  type Trace,
  traceDecision,
  traceGonePrincipal,
  tracePolicies,
} from "./trace.ts";
