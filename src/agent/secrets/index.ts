export { applySecrets } from "./apply.ts";
export { type RegistryRequest, resolveRegistryCredentials } from "./registry-credentials.ts";
export { resolveSecrets } from "./resolve.ts";
export { sdkSecretSource } from "./sdk-source.ts";
export type { SecretSource, SecretValues } from "./secret.ts";
