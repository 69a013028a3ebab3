import { failureReason, type SecretOutcome, type SecretProblem } from "./failure.ts";
import { resolvePaths } from "./parameter-paths.ts";
import { resolveParameterStore } from "./parameter-store.ts";
import {
  type BinaryValues,
  distinctRequests,
  type Parameter,
  type ParametersBelow,
  type ReadVersion,
  type ReadVersions,
  type SecretRequest,
  type SecretSource,
  type SecretValues,
  secretKey,
} from "./secret.ts";
import { resolveSecretsManager } from "./secrets-manager.ts";

export interface ResolvedSecrets {
  readonly outcome: "resolved";
  readonly values: SecretValues;
  readonly binaries: BinaryValues;
  readonly reads: ReadVersions;
  readonly below: ParametersBelow;
}

export interface SecretFailure {
  readonly outcome: "failed";
  /** The task's stopped reason in the words of its launch type's agent, not yet cut to 1,024 characters. */
  readonly reason: string;
  /** All that failed, in the order of the requests; requests that share a reference share a problem. */
  readonly problems: readonly SecretProblem[];
}

export interface ResolveOptions {
  /** `FARGATE` fails in the words of Fargate's agent, anything else in those of EC2's. */
  readonly launchType: string;
  /** The account of the task. */
  readonly account: string;
}

/**
 * Reads the secrets of all containers of a task, once per task, everything at the same time. One that cannot be read
 * fails the task. `source` is `undefined` if the task has no execution role credentials.
 */
export async function resolveSecrets(
  requests: readonly SecretRequest[],
  source: SecretSource | undefined,
  options: ResolveOptions,
): Promise<ResolvedSecrets | SecretFailure> {
  const distinct = distinctRequests(requests);
  const outcomes = source === undefined ? withoutCredentials(distinct) : await readAll(distinct, source, options);
  const values = new Map<string, string>();
  const binaries = new Map<string, Uint8Array>();
  const reads = new Map<string, ReadVersion>();
  const below = new Map<string, readonly Parameter[]>();
  const problems: SecretProblem[] = [];
  for (const request of distinct) {
    const outcome = outcomes.get(secretKey(request)) ?? unknownProvider(request);
    if ("problem" in outcome) {
      problems.push(outcome.problem);
      continue;
    }
    values.set(secretKey(request), outcome.value);
    if (outcome.binary) binaries.set(secretKey(request), outcome.binary);
    if (outcome.below) below.set(secretKey(request), outcome.below);
    if (outcome.read) reads.set(secretKey(request), outcome.read);
  }
  if (problems.length === 0) return { outcome: "resolved", values, binaries, reads, below };
  return { outcome: "failed", reason: failureReason([...new Set(problems)], options.launchType), problems };
}

async function readAll(distinct: readonly SecretRequest[], source: SecretSource, { account }: ResolveOptions) {
  const of = (provider: string) => distinct.filter((request) => request.provider === provider);
  const [secrets, parameters, paths] = await Promise.all([
    resolveSecretsManager(of("asm"), source),
    resolveParameterStore(of("ssm"), source, account),
    resolvePaths(of("ssm-path"), source, account),
  ]);
  return new Map([...secrets, ...parameters, ...paths]);
}

function withoutCredentials(distinct: readonly SecretRequest[]): ReadonlyMap<string, SecretOutcome> {
  // One problem for all requests of a provider: its text appears once in the reason.
  const asm = missingCredentials("asm", "ASM secret resource: unable to find execution role credentials");
  const ssm = missingCredentials("ssm", "ssm secret resource: unable to find execution role credentials");
  const outcomes = distinct
    .filter(({ provider }) => ["asm", "ssm", "ssm-path"].includes(provider))
    .map((request): [string, SecretOutcome] => [secretKey(request), request.provider === "asm" ? asm : ssm]);
  return new Map(outcomes);
}

function missingCredentials(provider: string, text: string): SecretOutcome {
  return { problem: { provider, text, detail: "unable to find execution role credentials", connection: false } };
}

function unknownProvider({ provider, name }: SecretRequest): SecretOutcome {
  const text = `secret ${name} has the unknown provider ${provider}`;
  return { problem: { provider, text, detail: text, connection: false } };
}
