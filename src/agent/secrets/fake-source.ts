import type { Parameter, SecretSource, SecretVersion } from "./secret.ts";

export interface FakeSecretSource extends SecretSource {
  /** Every call, in order. */
  readonly secretCalls: readonly (SecretVersion & { readonly region: string })[];
  readonly pathCalls: readonly { readonly region: string; readonly path: string }[];
  readonly parameterCalls: readonly { readonly region: string; readonly names: readonly string[] }[];
}

export interface FakeSecrets {
  /** Throws what the SDK would; `undefined` makes the secret binary. `call` counts from 1. */
  readonly secret?: (version: SecretVersion & { readonly region: string }, call: number) => string | undefined;
  /** The answer for one name as asked for; a string is its value, `undefined` makes it invalid, `null` leaves it out. */
  readonly parameter?: (name: string, region: string) => Parameter | string | undefined | null;
  readonly below?: (path: string, region: string) => readonly Parameter[];
}

/** A `SecretSource` for tests that answers from functions and records what it was asked. */
export function fakeSecretSource({ secret, parameter, below }: FakeSecrets = {}): FakeSecretSource {
  const secretCalls: (SecretVersion & { readonly region: string })[] = [];
  const pathCalls: { readonly region: string; readonly path: string }[] = [];
  const parameterCalls: { readonly region: string; readonly names: readonly string[] }[] = [];
  return {
    secretCalls,
    parameterCalls,
    pathCalls,
    async getSecretValue(region, version) {
      const call = secretCalls.push({ region, ...version });
      await Promise.resolve();
      const secretString = secret?.({ region, ...version }, call);
      return secretString === undefined ? {} : { secretString };
    },
    async getParametersByPath(region, path) {
      pathCalls.push({ region, path });
      await Promise.resolve();
      return below?.(path, region) ?? [];
    },
    async getParameters(region, names) {
      parameterCalls.push({ region, names });
      await Promise.resolve();
      const answers = names.map((name) => ({ name, answer: parameter?.(name, region) }));
      return {
        parameters: answers.flatMap(({ name, answer }) =>
          typeof answer === "string" ? [{ name, value: answer }] : answer ? [answer] : [],
        ),
        invalidParameters: answers.filter(({ answer }) => answer === undefined).map(({ name }) => name),
      };
    },
  };
}
