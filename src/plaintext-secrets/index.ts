export { findPlaintextSecrets } from "./find.ts";
export { type PlaintextFinding, type PlaintextRule, plaintextRules } from "./finding.ts";
export type { Definition } from "./places.ts";
