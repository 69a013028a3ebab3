/**
 * Policy variables, as in `arn:aws:s3:::home/${aws:username}/*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { defined } from "../defined.ts";
import { literalText, type Token, tokenize } from "./matching.ts";
import type { Policy, PolicyRequest } from "./policy.ts";

export type Context = PolicyRequest["context"];

interface Variable {
  /** In the policy's spelling. */
  readonly name: string;
  /** In lower case, as the context's keys are. */
  readonly key: string;
  readonly fallback?: string;
}

type TemplatePart = Token | Variable;

/** A text of a policy that may contain variables. */
export interface Template {
  /** Set if there is no variable, so that a matcher can be compiled once. */
  readonly fixed?: readonly Token[];
  readonly parts: readonly TemplatePart[];
}

// Neither alternative can run on over another "${", so scanning stays linear in a text full of them.
const VARIABLE = /\$\{(?:([*?$])|([^${},']+)(?:,\s*'([^']*)'\s*)?)\}/g;

/** Variables exist since version 2012-10-17; before, `${…}` is plain text. */
export function compileTemplate(text: string, version: Policy["version"]): Template {
  if (version !== "2012-10-17" || !text.includes("${")) return fixed(tokenize(text));
  const parts: TemplatePart[] = [];
  let end = 0;
  const addText = (until: number) => {
    for (const token of tokenize(text.slice(end, until))) parts.push(token);
  };
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, special, key = "", fallback] = match;
    addText(match.index);
    end = match.index + whole.length;
    if (special !== undefined) parts.push(special);
    else parts.push(variable(key.trim(), fallback));
  }
  addText(text.length);
  return parts.every(isToken) ? fixed(parts) : { parts };
}

/** The template's tokens for one request, or undefined if a variable has neither a value nor a default. */
export function resolveTemplate(template: Template, context: Context): readonly Token[] | undefined {
  if (template.fixed !== undefined) return template.fixed;
  const tokens: Token[] = [];
  for (const part of template.parts) {
    if (isToken(part)) {
      tokens.push(part);
      continue;
    }
    const values = contextValues(context, part.key);
    // A key with several values has no single value for the text.
    const value = values?.length === 1 ? values[0] : part.fallback;
    if (value === undefined) return undefined;
    tokens.push({ value });
  }
  return tokens;
}

/** The condition keys that a text uses as variables, in its spelling. */
export function variableNames(text: string, version: Policy["version"]): readonly string[] {
  return compileTemplate(text, version).parts.flatMap((part) => (isToken(part) ? [] : [part.name]));
}

function variable(name: string, fallback: string | undefined): Variable {
  return { name, key: name.toLowerCase(), ...defined({ fallback }) };
}

/** The tokens as one text with `*` and `?` as plain characters, as the `…Equals` operators read them. */
export function tokensText(tokens: readonly Token[]): string {
  return tokens.map(literalText).join("");
}

/** The values of a condition key given in lower case; undefined if the request does not have it. */
export function contextValues(context: Context, key: string): readonly string[] | undefined {
  const value = typeof context === "function" ? context(key) : ownValue(context, key);
  if (value === undefined) return undefined;
  if (typeof value === "string") return [value];
  return value.length === 0 ? undefined : value;
}

/** Policies may name any key: `__proto__` and `constructor` must not reach the object's prototype. */
function ownValue<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function fixed(parts: readonly Token[]): Template {
  return { fixed: parts, parts };
}

function isToken(part: TemplatePart): part is Token {
  return typeof part !== "object" || "value" in part;
}
