/** Checks that imports go down the floors of the house only. `node scripts/check-imports.ts` */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { services } from "../src/services/index.ts";

/** Top to bottom; a file may import from its own floor and from those below. */
const floors: readonly (readonly string[])[] = [
  ["cli"],
  ["server"],
  ["check"],
  ["loops"],
  ["services"],
  ["audit"],
  ["front-door"],
  ["agent"],
  ["runtime"],
  ["policy", "plaintext-secrets", "acs", "session-manager", "masking"],
  ["wire"],
  ["model", "signature", "saml"],
  ["keyring", "storage"],
  ["surroundings.ts"],
  ["concurrency"],
  ["arn.ts", "clock.ts", "defined.ts", "ids.ts", "lambda-endpoint.ts", "log.ts", "resolve-hook.ts"],
];

/** Rooms that know nothing of the control plane, with all that they may import. */
const islands: Readonly<Record<string, readonly string[]>> = {
  agent: [
    "acs",
    "session-manager",
    "masking",
    "runtime",
    "concurrency",
    "arn.ts",
    "clock.ts",
    "defined.ts",
    "ids.ts",
    "log.ts",
  ],
  acs: [],
  "session-manager": [],
  masking: [],
  runtime: ["concurrency", "clock.ts", "defined.ts", "ids.ts", "log.ts"],
  policy: ["defined.ts"],
  "plaintext-secrets": ["defined.ts"],
  saml: [],
};

/**
 * Every import in `root` that goes the wrong way, and every circle, one line each; imports of types count. `order` is the
 * services' names: each may import from those before it.
 */
export function wrongImports(root: string, order: readonly string[]): readonly string[] {
  const imports = readImports(root);
  const wrong: string[] = [];
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const problem = problemOf(file, target, order);
      if (problem !== undefined) wrong.push(`${file} imports ${target}: ${problem}`);
    }
  }
  return [...wrong, ...circles(imports)];
}

function problemOf(file: string, target: string, order: readonly string[]): string | undefined {
  const [from, to] = [room(file), room(target)];
  const [above, below] = [floorOf(from), floorOf(to)];
  if (above < 0 || below < 0) return `${above < 0 ? from : to} is on no floor`;
  if (from !== to && below <= above) return "imports only go down";
  if (from !== to && islands[from] && !islands[from].includes(to)) return `${from} stands alone`;
  const [service, other] = [serviceOf(file), serviceOf(target)];
  if (file === "services/index.ts") {
    return target.endsWith("/service.ts") ? undefined : "the list of services imports their service.ts only";
  }
  if (other !== undefined && other !== service) {
    if (!target.endsWith("/index.ts")) return "a service is reached through its index.ts";
    if (service !== undefined && order.indexOf(other) >= order.indexOf(service)) {
      return `${other} does not come before ${service} in services/index.ts`;
    }
  }
  const isOperation = target.includes("/operations/");
  if (isOperation && file !== `services/${other}/operations.ts`) return "only operations.ts imports an operation";
  return undefined;
}

function circles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): void {
    const start = path.indexOf(file);
    if (start >= 0) return void found.push(`circle: ${[...path.slice(start), file].join(" → ")}`);
    if (done.has(file)) return;
    path.push(file);
    for (const target of imports.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  }
  for (const file of imports.keys()) visit(file);
  return found;
}

const specifiers = /^(?:import|export) (?:[^;]*?from )?"(\.[^"]+\.ts)"|\bimport\("(\.[^"]+\.ts)"\)/gm;

function readImports(root: string): ReadonlyMap<string, readonly string[]> {
  const files = globSync("**/*.ts", { cwd: root })
    .filter((file) => !/\.(test|contract|fixture)\.ts$/.test(file))
    .sort();
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const targets = [...text.matchAll(specifiers)].map((match) => match[1] ?? match[2] ?? "");
      return [file, targets.map((target) => relative(root, join(root, dirname(file), target)))];
    }),
  );
}

function room(file: string): string {
  return file.split("/")[0] ?? file;
}

function floorOf(name: string): number {
  return floors.findIndex((floor) => floor.includes(name));
}

function serviceOf(file: string): string | undefined {
  const [top, service, ...rest] = file.split("/");
  return top === "services" && rest.length > 0 ? service : undefined;
}

if (import.meta.main) {
  const order = services.map(({ name }) => name);
  const wrong = wrongImports(join(import.meta.dirname, "../src"), order);
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exitCode = 1;
}
