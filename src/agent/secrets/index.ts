export { applySecrets, secretFileMounts } from "./apply.ts";
export { type FilePlace, planFiles } from "./files.ts";
export { type RegistryRequest, resolveRegistryCredentials } from "./registry-credentials.ts";
export { resolveSecrets } from "./resolve.ts";
export { sdkSecretSource } from "./sdk-source.ts";
export type { SecretRequest, SecretSource, SecretValues } from "./secret.ts";
