export { countsOf } from "./counts.ts";
export { github } from "./github.ts";
export { json } from "./json.ts";
export { sarif } from "./sarif.ts";
export { terminal } from "./terminal.ts";
