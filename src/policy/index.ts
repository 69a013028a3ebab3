export { denialMessage } from "./denial.ts";
export { evaluate } from "./evaluate.ts";
export { MalformedPolicy, type PolicyKind } from "./malformed-policy.ts";
export { parsePolicy } from "./parse-policy.ts";
export type {
  Decision,
  NamedPolicy,
  Policy,
  PolicyRequest,
  PolicySet,
  PrincipalIdentity,
  Principals,
  Statement,
} from "./policy.ts";
export {
  type Obstacle,
  type PolicyTrace,
  type StatementTrace,
  type Trace,
  traceDecision,
  traceGonePrincipal,
} from "./trace.ts";
