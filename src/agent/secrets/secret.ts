/**
 * One entry of the payload's flat `secrets` list: a `secrets` or `secretOptions` entry of a task definition, for which
 * the control plane has worked out provider and region. Comparisons are case-sensitive, as in AWS's agent.
 */
export interface SecretRequest {
  readonly container: string;
  /** The name of the environment variable or the log option. */
  readonly name: string;
  readonly valueFrom: string;
  /** `ssm` or `asm`; `ssm-path` for every parameter below the path `valueFrom`. */
  readonly provider: string;
  readonly region: string;
  /** `ENVIRONMENT_VARIABLE`, `BOOTSTRAP` or `MOUNT_POINT`. */
  readonly type: string;
  /** `CONTAINER` or `LOG_DRIVER`. */
  readonly target: string;
}

/** Where secrets are read, with the execution role's permissions. A refused or failed call rejects with the SDK's error. */
export interface SecretSource {
  /** Without stage and version id: the version labelled AWSCURRENT. No `secretString` means that the secret is binary. */
  getSecretValue(region: string, secret: SecretVersion): Promise<SecretAnswer>;
  /** Decrypts. At most 10 names a call, all different; a name may be an ARN and may end in `:version` or `:label`. */
  getParameters(region: string, names: readonly string[]): Promise<ParametersAnswer>;
  /** Decrypts. Every parameter below the path, at every level, however many calls that takes. */
  getParametersByPath(region: string, path: string): Promise<readonly Parameter[]>;
}

export interface SecretAnswer {
  readonly secretString?: string;
  readonly secretBinary?: Uint8Array;
  readonly read?: ReadVersion;
}

/** What a value came from. It is not secret. */
export interface ReadVersion {
  /** The secret's or parameter's. */
  readonly arn: string;
  /** The version's id; of a parameter, its number. */
  readonly version: string;
}

export interface SecretVersion {
  readonly secretId: string;
  readonly versionStage?: string;
  readonly versionId?: string;
}

export interface ParametersAnswer {
  readonly parameters: readonly Parameter[];
  readonly invalidParameters: readonly string[];
}

export interface Parameter {
  /** Without selector. */
  readonly name: string;
  readonly value?: string;
  readonly arn?: string;
  /** `:version` or `:label`, if the request named one. */
  readonly selector?: string;
  readonly read?: ReadVersion;
}

/** Values by `secretKey`. They are secret: never log, store or describe them. */
export type SecretValues = ReadonlyMap<string, string>;

/** Binary secrets by `secretKey`, whose value is empty: only a file can hold one. They are secret, too. */
export type BinaryValues = ReadonlyMap<string, Uint8Array>;

/** What values came from, by `secretKey`; absent where the answer did not say. */
export type ReadVersions = ReadonlyMap<string, ReadVersion>;

/** The parameters of paths by `secretKey`. They are secret, too. */
export type ParametersBelow = ReadonlyMap<string, readonly Parameter[]>;

/** Requests with equal keys have equal values, in whichever container they are. */
export function secretKey(request: Pick<SecretRequest, "provider" | "valueFrom" | "region">): string {
  return `${request.provider}_${request.valueFrom}_${request.region}`;
}

/** The first request of each key, in order. */
export function distinctRequests(requests: readonly SecretRequest[]): readonly SecretRequest[] {
  const first = new Map<string, SecretRequest>();
  for (const request of requests) {
    const key = secretKey(request);
    if (!first.has(key)) first.set(key, request);
  }
  return [...first.values()];
}
