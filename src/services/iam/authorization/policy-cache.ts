import { type NamedPolicy, type Policy, type PolicyKind, parsePolicy } from "../../../policy/index.ts";

/** How many documents of a kind are kept parsed and compiled. A deployment has some dozens of roles. */
const mostPolicies = 1000;

export type ReadPolicy = (name: string, document: string, kind: PolicyKind) => NamedPolicy;

/** Reads stored documents, which were checked when they were stored; each text is parsed once while it is in use. */
export function policyCache(): ReadPolicy {
  // By kind first: to join kind and document in one key would take longer than all the rest.
  const byKind = new Map<PolicyKind, Map<string, Policy>>();
  return (name, document, kind) => {
    const known = byKind.get(kind) ?? new Map<string, Policy>();
    byKind.set(kind, known);
    let policy = known.get(document);
    if (policy) known.delete(document);
    else policy = parse(name, document, kind);
    // Deleted and set again: the first in the map is the one that was not used for longest.
    known.set(document, policy);
    const [oldest] = known.keys();
    if (known.size > mostPolicies && oldest !== undefined) known.delete(oldest);
    return { name, policy };
  };
}

function parse(name: string, document: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (cause) {
    throw new Error(`Cannot read the stored policy '${name}'`, { cause });
  }
}
