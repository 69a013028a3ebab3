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

export interface Sorted {
  readonly moves: readonly Move[];
  /** What a person must mend: a command line can take no reference, and a name that a secret has already no second one. */
  readonly others: readonly PlaintextFinding[];
  /** Pointers of variables that go, as a later one of their name is what the container gets. A secret must have its name alone. */
  readonly unused: readonly string[];
}

/** Sorts findings by what becomes of them. */
export function movesOf({ containerDefinitions = [] }: Definition, findings: readonly PlaintextFinding[]): Sorted {
  const moves: Move[] = [];
  const others: PlaintextFinding[] = [];
  const unused = new Set<string>();
  const entries = new Map<string, string>();
  for (const finding of findings) {
    const [, index = "", rest = ""] = /^\/containerDefinitions\/(\d+)\/(.*)$/.exec(finding.pointer) ?? [];
    const container = containerDefinitions[Number(index)];
    const { environment = [], secrets = [] } = container ?? {};
    const place = Number(/^environment\/(\d+)\//.exec(rest)?.[1]);
    const variable = environment[place];
    const { logDriver = "", options = {} } = container?.logConfiguration ?? {};
    const isOption = rest.startsWith("logConfiguration/") && !withoutSecretOptions.has(logDriver);
    const { name = "" } = finding;
    const value = variable ? variable.value : isOption ? options[name] : undefined;
    const there = variable ? secrets : (container?.logConfiguration?.secretOptions ?? []);
    if (value === undefined || there.some((secret) => secret?.name === name)) {
      others.push(finding);
      continue;
    }
    const same = variable ? environment.flatMap((one, at) => (one?.name === name ? [at] : [])) : [];
    const isUnused = same.some((at) => at > place);
    for (const at of same.slice(0, -1)) unused.add(`/containerDefinitions/${index}/environment/${at}/value`);
    if (isUnused) continue;
    const entry = freeEntry(entries, [name, `${container?.name}.${name}`], value);
    const kind = variable ? "environment" : "log option";
    moves.push({ finding, container: Number(index), kind, name, value, entry });
  }
  return { moves, others, unused: [...unused] };
}

/** The first name that is free or has the same value. Two log options of one container cannot have one name. */
function freeEntry(entries: Map<string, string>, names: readonly string[], value: string): string {
  const safe = names.map((name) => name.replaceAll(/[^\w.-]/g, "_"));
  const numbered = Array.from({ length: entries.size + 1 }, (_, index) => `${safe.at(-1)}.${index + 2}`);
  const entry = [...safe, ...numbered].find((name) => (entries.get(name) ?? value) === value) ?? "";
  entries.set(entry, value);
  return entry;
}
