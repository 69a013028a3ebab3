import { assignmentsIn } from "./assignments.ts";
import { scriptHasPassword } from "./command-passwords.ts";
import { encodedText, isEncodedDocument } from "./encoded.ts";
import type { PlaintextFinding, PlaintextRule } from "./finding.ts";
import { knownTokens } from "./known-tokens.ts";
import { type Definition, type Place, placesOf } from "./places.ts";
import { secretKindOf } from "./secret-name.ts";
import { canBeSecret, hasPassword, looksRandom, tokenIn } from "./secret-value.ts";

interface Verdict {
  readonly rule: PlaintextRule;
  /** Follows the place's name in the message. */
  readonly why: string;
  /** The flag or variable inside of a command line. */
  readonly name?: string;
}

/**
 * Lists what looks like a secret among the texts of a task definition that DescribeTaskDefinition shows: one finding a text, in
 * the order of the definition. Values that are settings, placeholders, references or paths are left alone.
 */
export async function findPlaintextSecrets(definition: Definition): Promise<readonly PlaintextFinding[]> {
  const places = placesOf(definition);
  const known = await knownTokens(places);
  return places.flatMap((place, index) => {
    const verdict = verdictOf(place, known.get(index));
    return verdict ? [findingOf(place, verdict)] : [];
  });
}

function verdictOf(place: Place, known: string | undefined): Verdict | undefined {
  const { kind, name, value, isPassword } = place;
  const formed = formedSecret(value, known) ?? formedSecret(encodedText(value) ?? "");
  if (formed) return formed;
  const own = name === undefined ? undefined : namedSecret(name, value);
  if (own) return own;
  if (isPassword || (kind === "argument" && scriptHasPassword(value)))
    return { rule: "plaintext-secret-name", why: "gives a password to the program that is called" };
  for (const inside of [value, encodedText(value) ?? ""].flatMap(assignmentsIn)) {
    const verdict = namedSecret(inside.name, inside.value);
    if (verdict) return kind === "argument" ? { ...verdict, name: inside.name } : holding(inside.name, verdict);
  }
  if (kind === "argument" || kind === "label" || isEncodedDocument(value)) return undefined;
  return looksRandom(name, value) ? { rule: "plaintext-secret-random", why: "is as random as a key" } : undefined;
}

/** What says by its form that it is a secret. */
function formedSecret(value: string, known?: string): Verdict | undefined {
  const token = tokenIn(value);
  if (token === undefined && hasPassword(value))
    return { rule: "plaintext-secret-url", why: "holds a password in a URL or the like" };
  return token || known ? { rule: "plaintext-secret-token", why: `holds ${token ?? known}` } : undefined;
}

/** The place keeps its own name: that of the variable or option. */
function holding(inside: string, { rule, why }: Verdict): Verdict {
  return { rule, why: `holds ${JSON.stringify(inside)}, which ${why}` };
}

function namedSecret(name: string, value: string): Verdict | undefined {
  const kind = secretKindOf(name);
  // A limit or a lifetime: `TOKEN=3600`, `30d`. A password may be a number.
  const isNumber = /^\d{1,8}(?:ms|[smhdwy]|min|sec|days?|hours?)?$/.test(value.trim());
  if (kind === undefined || !canBeSecret(value) || (kind !== "password" && isNumber)) return undefined;
  return { rule: "plaintext-secret-name", why: `is named like a ${kind}` };
}

function findingOf(
  { pointer, container, kind, name: own }: Place,
  { rule, why, name = own }: Verdict,
): PlaintextFinding {
  const what = name === undefined ? kind : `${kind} ${JSON.stringify(name)}`;
  const where = container === undefined ? "" : ` of container ${JSON.stringify(container)}`;
  return {
    ...{ rule, pointer, message: `${what}${where} ${why}` },
    ...(container !== undefined && { container }),
    ...(name !== undefined && { name }),
  };
}
