import { type FromPlan, type FromSource, fromLabel, keyBelow, variableOf } from "./from.ts";
import { formatGoValue } from "./go-format.ts";
import { decodeJsonObject, GoJsonError } from "./go-json.ts";
import type { ResolvedSecrets } from "./resolve.ts";
import { type SecretRequest, secretKey } from "./secret.ts";

/** One variable that came of a whole secret or of a path. */
interface Expanded {
  readonly request: SecretRequest;
  readonly value: string;
}

/**
 * The variables that come of a container's whole secrets and paths, as requests of their own with their values, without those of
 * `taken`, which the definition sets itself; or what is wrong. Pure.
 */
export function expand(
  container: string,
  plan: FromPlan,
  resolved: Pick<ResolvedSecrets, "values" | "binaries" | "below">,
  taken: ReadonlySet<string>,
): readonly Expanded[] | { readonly problem: string } {
  const found = new Map<string, Expanded & { readonly from: string }>();
  const of = (entry: string) => `docker label "${fromLabel}" of container "${container}": ${entry}`;
  for (const source of plan.sources) {
    const pairs = pairsOf(source, resolved);
    if ("problem" in pairs) return { problem: `${of(source.entry)} ${pairs.problem}` };
    for (const [key, value] of pairs) {
      const from = `the key ${JSON.stringify(key)} of ${source.entry}`;
      const name = variableOf(key, plan);
      if (name === undefined)
        return { problem: `${of(source.entry)} has the key ${JSON.stringify(key)}, which gives no variable name` };
      const other = found.get(name);
      if (other)
        return {
          problem: `docker label "${fromLabel}" of container "${container}": ${other.from} and ${from} are both the variable ${name}`,
        };
      const request = {
        ...source.request,
        name,
        provider: "expanded",
        valueFrom: `${source.request.valueFrom} ${key}`,
      };
      found.set(name, { request, value, from });
    }
  }
  return [...found.values()].filter(({ request }) => !taken.has(request.name));
}

function pairsOf(
  { request, key }: FromSource,
  { values, binaries, below }: Pick<ResolvedSecrets, "values" | "binaries" | "below">,
): (Iterable<readonly [string, string]> & object) | { readonly problem: string } {
  const id = secretKey(request);
  if (request.provider === "ssm-path") {
    const parameters = below.get(id) ?? [];
    if (parameters.length === 0) return { problem: "has no parameter below it" };
    return parameters.map(
      ({ name, value = "" }) => [keyBelow(request.valueFrom, name.startsWith("/") ? name : `/${name}`), value] as const,
    );
  }
  const value = values.get(id) ?? "";
  if (key !== undefined) return [[key, value] as const];
  if (binaries.has(id)) return { problem: "is binary and has no secret string" };
  try {
    return [...decodeJsonObject(value)].map(([name, one]) => [name, formatGoValue(one)] as const);
  } catch (error) {
    if (!(error instanceof GoJsonError)) throw error;
    return { problem: `is no JSON object: ${error.message}` };
  }
}
