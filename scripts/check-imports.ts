/** Checks that imports go down the floors of the house only. `node scripts/check-imports.ts` */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { services } from "../src/services/index.ts";

interface House {
  /** Top to bottom; a file may import from its own floor and from those below. */
  readonly floors: readonly (readonly string[])[];
  /** Rooms that know nothing of the others, with all that they may import. */
  readonly islands: Readonly<Record<string, readonly string[]>>;
}

const floors: House["floors"] = [
  ["cli"],
  ["server"],
  ["check"],
  ["loops"],
  ["services"],
  ["audit"],
  ["front-door"],
  ["agent"],
  ["runtime"],
  ["policy", "plaintext-secrets", "acs", "session-manager", "masking", "regex"],
  ["wire"],
  ["model", "signature", "saml"],
  ["keyring", "storage"],
  ["surroundings.ts"],
  ["concurrency"],
  ["arn.ts", "clock.ts", "defined.ts", "ids.ts", "lambda-endpoint.ts", "log.ts", "resolve-hook.ts"],
];

const islands: House["islands"] = {
  agent: [
    "acs",
    "session-manager",
    "masking",
    "regex",
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
  regex: [],
  runtime: ["concurrency", "clock.ts", "defined.ts", "ids.ts", "log.ts"],
  policy: ["defined.ts"],
  "plaintext-secrets": ["defined.ts"],
  saml: [],
};

const controlPlane: House = { floors, islands };

const browserConsole: House = {
  floors: [["main.ts"], ["app.tsx"], ["pages"], ["shell"], ["parts"], ["data"], ["session"], ["api", "i18n"]],
  islands: { api: [], i18n: [] },
};

/**
 * Every import in `root` that goes the wrong way, and every circle, one line each; imports of types count. `order` is the
 * services' names: each may import from those before it.
 */
export function wrongImports(root: string, order: readonly string[], house = controlPlane): readonly string[] {
  const imports = readImports(root);
  const wrong: string[] = [];
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const problem = problemOf(file, target, order, house);
      if (problem !== undefined) wrong.push(`${file} imports ${target}: ${problem}`);
    }
  }
  return [...wrong, ...circles(imports)];
}

function problemOf(file: string, target: string, order: readonly string[], { floors, islands }: House) {
  const [from, to] = [room(file), room(target)];
  const [above, below] = [from, to].map((name) => floors.findIndex((floor) => floor.includes(name))) as [
    number,
    number,
  ];
  if (above < 0 || below < 0) return `${above < 0 ? from : to} is on no floor`;
  if (from !== to && below <= above) return "imports only go down";
  if (from !== to && islands[from] && !islands[from].includes(to)) return `${from} stands alone`;
  const [subject, otherSubject] = [subjectOf(file), subjectOf(target)];
  if (subject !== undefined && otherSubject !== undefined && subject !== otherSubject) {
    return "a page's folder is reached by its address only";
  }
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

const specifiers = /^(?:import|export) (?:[^;]*?from )?"(\.[^"]+\.tsx?)"|\bimport\("(\.[^"]+\.tsx?)"\)/gm;

function readImports(root: string): ReadonlyMap<string, readonly string[]> {
  const files = globSync("**/*.{ts,tsx}", { cwd: root })
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

function serviceOf(file: string): string | undefined {
  const [top, service, ...rest] = file.split("/");
  return top === "services" && rest.length > 0 ? service : undefined;
}

/** The folder of the console's page that a file belongs to. */
function subjectOf(file: string): string | undefined {
  const [top, subject, ...rest] = file.split("/");
  return top === "pages" && rest.length > 0 ? subject : undefined;
}

export function wrongConsoleImports(root: string): readonly string[] {
  return wrongImports(root, [], browserConsole);
}

if (import.meta.main) {
  const order = services.map(({ name }) => name);
  const wrong = [
    ...wrongImports(join(import.meta.dirname, "../src"), order),
    ...wrongConsoleImports(join(import.meta.dirname, "../console/src")),
  ];
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exitCode = 1;
}
