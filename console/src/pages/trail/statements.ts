/** A statement of a policy's JSON, as far as the decision tree shows it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: Texts;
  readonly NotAction?: Texts;
  readonly Resource?: Texts;
  readonly NotResource?: Texts;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Texts = string | readonly string[];

export interface Mismatch {
  readonly element: string;
  readonly values: readonly string[];
}

export function statementsOf(document: string): readonly Statement[] {
  const { Statement: found = [] } = JSON.parse(document) as { readonly Statement?: Statement | readonly Statement[] };
  return [found].flat() as readonly Statement[];
}

/**
 * The elements of a statement whose words do not fit an action and a resource. Variables (`${aws:username}`) fit anything here:
 * the API decides, and this only tells where to look.
 */
export function mismatches(statement: Statement, action: string, resource: string): readonly Mismatch[] {
  const { Action, NotAction, Resource, NotResource } = statement;
  const found: Mismatch[] = [];
  const check = (element: string, values: Texts | undefined, subject: string, isNegative: boolean) => {
    if (values === undefined) return;
    const list = [values].flat();
    if (list.some((value) => isLike(subject, value, element.endsWith("Action"))) === isNegative) {
      found.push({ element, values: list });
    }
  };
  check("Action", Action, action, false);
  check("NotAction", NotAction, action, true);
  check("Resource", Resource, resource, false);
  check("NotResource", NotResource, resource, true);
  return found;
}

/** The keys that a statement's conditions ask for. */
export function conditionKeys({ Condition = {} }: Statement): readonly string[] {
  return [...new Set(Object.values(Condition).flatMap((test) => Object.keys(test)))];
}

function isLike(text: string, pattern: string, isAnyCase: boolean): boolean {
  const source = pattern
    .split(/(\$\{[^}]*\}|\*+|\?)/)
    .map((part) => {
      if (part === "?") return ".";
      if (part.startsWith("*") || part.startsWith("${")) return ".*";
      return part.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`, isAnyCase ? "is" : "s").test(text);
}
