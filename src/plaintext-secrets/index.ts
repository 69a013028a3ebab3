export { findPlaintextSecrets } from "./find.ts";
export type { PlaintextFinding } from "./finding.ts";
export type { Definition } from "./places.ts";
