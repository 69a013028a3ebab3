export { type Assertion, readAssertion } from "./assertion.ts";
export { readMetadata } from "./metadata.ts";
export { signedAssertion } from "./response.ts";
