export { type LeastPolicy, leastPolicy } from "./least-policy.ts";
export { terraform } from "./terraform.ts";
