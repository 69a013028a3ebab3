import { defined } from "../defined.ts";
import { checkStatements, legacyFault } from "./check-statements.ts";
import { isObject } from "./json.ts";
import { MalformedPolicy, malformed, type PolicyKind, unknownField } from "./malformed-policy.ts";
import { parseStatement } from "./parse-statement.ts";
import type { Policy } from "./policy.ts";

/** Characters of a document; longer ones are refused unread. AWS's APIs take half of it, but its own policies are longer. */
const longest = 262_144;

const ELEMENTS = new Set(["Version", "Id", "Statement"]);

/**
 * Reads a policy document: JSON text, or what it parses to. Keep the result: `evaluate` compiles a policy once for each
 * object. Throws `MalformedPolicy` with AWS's message.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: unknown, kind: PolicyKind): Policy {
  if (typeof document === "string" && document.length > longest) {
    throw new MalformedPolicy(`The policy document has more than ${longest} characters.`);
  }
  const value = typeof document === "string" ? parseJson(document, kind) : document;
  if (!isObject(value)) throw malformed(kind, "json");
  const { Version: version = "2008-10-17", Id: id, Statement: content } = value;
  const unknown = Object.keys(value).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw unknownField(kind, unknown);
  if (version !== "2012-10-17" && version !== "2008-10-17") throw malformed(kind, "version");
  if (id !== undefined && typeof id !== "string") throw malformed(kind, "syntax");
  if (content === undefined) throw malformed(kind, "missingStatement");

  const items: readonly unknown[] = Array.isArray(content) ? content : [content];
  if (items.length === 0) throw malformed(kind, "emptyStatement");
  const statements = items.map((item) => parseStatement(item, kind));
  if (kind === "identity" && version !== "2012-10-17") {
    throw new MalformedPolicy("Policy document must be version 2012-10-17 or greater.");
  }
  if (!statements.every(({ effect }, index) => isObject(items[index]) && items[index].Effect === effect)) {
    throw legacyFault();
  }
  checkStatements(statements, kind);
  return { version, ...defined({ id }), statements };
}

function parseJson(text: string, kind: PolicyKind): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(kind, "json");
  }
}
