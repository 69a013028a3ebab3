export { applySecrets, secretFileMounts } from "./apply.ts";
export { type EcrSource, type EcrToken, sdkEcrSource } from "./ecr-source.ts";
export { terminalReason } from "./failure.ts";
export { type FilePlace, planFiles } from "./files.ts";
export { type RegistryRequest, resolveRegistryCredentials } from "./registry-credentials.ts";
export { type ResolvedSecrets, resolveSecrets } from "./resolve.ts";
export { getAuthorizationTokenOperation, sdkErrorText } from "./sdk-error.ts";
export { sdkSecretSources } from "./sdk-source.ts";
export { type SecretRequest, type SecretSource, secretKey } from "./secret.ts";
