import type { Policy } from "./policy.ts";
import { variableNames } from "./variables.ts";

/** The condition keys in policies' conditions and variables: each once, in the spelling of its first use. */
export function contextKeysOf(policies: readonly Policy[]): readonly string[] {
  const spelt = new Map<string, string>();
  for (const { statements, version } of policies) {
    for (const { conditions, resource = [], notResource = [] } of statements) {
      const texts = [...resource, ...notResource, ...conditions.flatMap(({ values }) => values)];
      const names = [...conditions.map(({ key }) => key), ...texts.flatMap((text) => variableNames(text, version))];
      for (const name of names) if (!spelt.has(name.toLowerCase())) spelt.set(name.toLowerCase(), name);
    }
  }
  return [...spelt.values()];
}
