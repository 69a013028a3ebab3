export { applySecrets, type ContainerSettings } from "./apply.ts";
export { type SecretProblem, terminalReason } from "./failure.ts";
export { type ResolvedSecrets, type ResolveOptions, resolveSecrets, type SecretFailure } from "./resolve.ts";
export { type SdkSourceOptions, sdkSecretSource } from "./sdk-source.ts";
export type { ParametersAnswer, SecretRequest, SecretSource, SecretValues, SecretVersion } from "./secret.ts";
