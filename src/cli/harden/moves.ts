import type { Definition, PlaintextFinding } from "../../plaintext-secrets/index.ts";

/** A value that goes from a definition into a store. */
export interface Move {
  readonly finding: PlaintextFinding;
  /** Index of the container. */
  readonly container: number;
  /** A variable becomes one of `secrets`, a log option one of `secretOptions`. */
  readonly kind: "environment" | "log option";
  /** The variable's or the option's name. */
  readonly name: string;
  readonly value: string;
  /** The value's name in the store, below the definition's: one for all containers that have the same value under a name. */
  readonly entry: string;
}

/** Log drivers that take no secret options: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
const withoutSecretOptions = new Set(["awslogs", "json-file"]);

/** Sorts findings into those that can be moved and those that a person must mend, as a command line can take no reference. */
export function movesOf(
  { containerDefinitions = [] }: Definition,
  findings: readonly PlaintextFinding[],
): { readonly moves: readonly Move[]; readonly others: readonly PlaintextFinding[] } {
  const moves: Move[] = [];
  const others: PlaintextFinding[] = [];
  const entries = new Map<string, string>();
  for (const finding of findings) {
    const [, index = "", rest = ""] = /^\/containerDefinitions\/(\d+)\/(.*)$/.exec(finding.pointer) ?? [];
    const container = containerDefinitions[Number(index)];
    const variable = container?.environment?.[Number(/^environment\/(\d+)\//.exec(rest)?.[1])];
    const { logDriver = "", options = {} } = container?.logConfiguration ?? {};
    const isOption = rest.startsWith("logConfiguration/") && !withoutSecretOptions.has(logDriver);
    const { name = "" } = finding;
    const value = variable ? variable.value : isOption ? options[name] : undefined;
    if (value === undefined) {
      others.push(finding);
      continue;
    }
    const entry = freeEntry(entries, [name, `${container?.name}.${name}`], value);
    const kind = variable ? "environment" : "log option";
    moves.push({ finding, container: Number(index), kind, name, value, entry });
  }
  return { moves, others };
}

/** The first name that is free or has the same value. Two log options of one container cannot have one name. */
function freeEntry(entries: Map<string, string>, names: readonly string[], value: string): string {
  const safe = names.map((name) => name.replaceAll(/[^\w.-]/g, "_"));
  const numbered = Array.from({ length: entries.size + 1 }, (_, index) => `${safe.at(-1)}.${index + 2}`);
  const entry = [...safe, ...numbered].find((name) => (entries.get(name) ?? value) === value) ?? "";
  entries.set(entry, value);
  return entry;
}
