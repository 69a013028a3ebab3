import {
  decodeJson,
  decodeJsonObject,
  formatGoValue,
  GoJsonError,
  parseSecretReference,
} from "../../agent/secrets/index.ts";
import type { Rule } from "./rule.ts";

export const jsonValueChanged: Rule = {
  id: "json-value-changed",
  severity: "warning",
  when: "start",
  title:
    "The agent writes the JSON value differently: 10000000 as 1e+07, null as <nil>, objects as map[…] (only with --values)",
  *find({ secrets }) {
    for (const { pointer, request, json, value, whole } of secrets) {
      const parsed = parseSecretReference(request.valueFrom);
      if (request.provider !== "asm" || !parsed.ok || json === undefined || value === undefined) continue;
      const { jsonKey } = parsed.reference;
      const written = whole || jsonKey !== undefined ? writtenMembers(json) : new Map<string, string>();
      for (const [key, text] of written) {
        if (!whole && key !== jsonKey) continue;
        const found = memberOf(json, key);
        if (!found || typeof found.value === "string" || found.source === text) continue;
        yield {
          pointer,
          message: `The value of "${key}" is ${found.kind} in the secret's JSON, and the container gets it in another form: ${example(found.kind)}.`,
          mend: { text: `Store the value of "${key}" as a JSON string.` },
        };
      }
    }
  },
};

/** The members as the agent writes them; none where the text is no object. */
function writtenMembers(json: string): ReadonlyMap<string, string> {
  try {
    return new Map([...decodeJsonObject(json)].map(([key, value]) => [key, formatGoValue(value)]));
  } catch (error) {
    if (error instanceof GoJsonError) return new Map(); // another rule says so
    throw error;
  }
}

interface Member {
  readonly value: unknown;
  readonly source: string | undefined;
  readonly kind: "a number" | "null" | "an object" | "a list" | "a boolean";
}

/** A member of the text's top level, and its own spelling there. */
function memberOf(json: string, key: string): Member | undefined {
  const sources = new Map<object, Map<string, string>>();
  const root = JSON.parse(json, function (this: object, name, value, context?: { readonly source?: string }) {
    if (context?.source !== undefined) sources.set(this, (sources.get(this) ?? new Map()).set(name, context.source));
    return value as unknown;
  }) as Record<string, unknown>;
  if (!Object.hasOwn(root, key)) return undefined;
  const value = root[key];
  return { value, source: sources.get(root)?.get(key), kind: kindOf(value) };
}

function kindOf(value: unknown): Member["kind"] {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : typeof value === "boolean" ? "a boolean" : "a number";
}

/** Of other values: the secret's own is not shown. */
function example(kind: Member["kind"]): string {
  const text = { "a number": "10000000", null: "null", "an object": '{"a":1}', "a list": "[1,2]", "a boolean": "true" }[
    kind
  ];
  return `as ${text} would become ${formatGoValue(decodeJson(text))}`;
}
