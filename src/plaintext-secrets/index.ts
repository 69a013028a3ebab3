export { findPlaintextSecrets } from "./find.ts";
export type { PlaintextFinding, PlaintextRule } from "./finding.ts";
export type { Definition } from "./places.ts";
