import { edited, type Path, valueAt } from "../document.ts";

/** As the header `x-sealift-findings` has it. It never holds the value. */
export interface PlaintextFinding {
  readonly rule: string;
  /** JSON pointer into the definition. */
  readonly pointer: string;
  readonly container?: string;
  readonly name?: string;
  readonly message: string;
}

/** What the header holds, as JSON. */
export interface Findings {
  readonly count: number;
  /** Those that fit into the header. */
  readonly findings: readonly PlaintextFinding[];
}

export function findingsOf(header: string | null): Findings {
  return header === null ? { count: 0, findings: [] } : (JSON.parse(header) as Findings);
}

/** A value that ECS can take from a store: that of a variable, or of a log driver's option. */
export interface Movable {
  readonly container: number;
  readonly name: string;
  /** Where it is removed. */
  readonly from: Path;
  /** The list that gets the reference. */
  readonly to: Path;
}

/** Where a finding's value can move; undefined for places that ECS fills from no store, such as commands and labels. */
export function movable(
  document: unknown,
  { pointer, name: found }: Pick<PlaintextFinding, "pointer" | "name">,
): Movable | undefined {
  const [root, number = "", ...rest] = partsOf(pointer);
  if (root !== "containerDefinitions") return undefined;
  const at: Path = ["containerDefinitions", Number(number)];
  const [kind, second = "", third = ""] = rest;
  if (kind === "environment" && third === "value") {
    const from = [...at, "environment", Number(second)];
    const name = valueAt(document, [...from, "name"]);
    if (typeof name !== "string" || (found !== undefined && found !== name)) return undefined;
    return { container: Number(number), name, from, to: [...at, "secrets"] };
  }
  if (kind === "logConfiguration" && second === "options" && rest.length === 3) {
    const from = [...at, "logConfiguration", "options", third];
    return { container: Number(number), name: third, from, to: [...at, "logConfiguration", "secretOptions"] };
  }
  return undefined;
}

/** The value that moves. It is handed on, and never shown. */
export function plaintextAt(document: unknown, { from }: Movable): string | undefined {
  const found = valueAt(document, from);
  const value = typeof found === "object" && found !== null ? (found as { readonly value?: unknown }).value : found;
  return typeof value === "string" ? value : undefined;
}

/** The document with a reference in the place of the value; it has no secret of that name already. */
export function moved(text: string, { name, from, to }: Movable, secretArn: string): string {
  const list = valueAt(JSON.parse(text), to);
  const others = (Array.isArray(list) ? list : []).filter((item) => (item as { name?: unknown }).name !== name);
  return edited(edited(text, from, undefined), to, [...others, { name, valueFrom: secretArn }]);
}

/** A name for the secret: `web/app/DB_PASSWORD`, of the characters that Secrets Manager takes. */
export function secretNameFor(family: string, container: string, name: string): string {
  return [family, container, name].map((part) => part.replace(/[^\w+=.@-]/g, "-")).join("/");
}

function partsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
