/** Checks that imports go down the floors of the house only. `node scripts/check-imports.ts` */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Top to bottom; a file may import from its own floor and from those below. */
const floors: readonly (readonly string[])[] = [
  ["main.ts"],
  ["cli"],
  ["server"],
  ["orchestrator"],
  ["services"],
  ["agent"],
  ["runtime"],
  ["policy"],
  ["aws"],
  ["keyring", "storage"],
  ["clock.ts", "ids.ts", "log.ts"],
];

/** Rooms that know nothing of the control plane. */
const islands: Readonly<Record<string, readonly string[]>> = {
  runtime: ["clock.ts", "ids.ts", "log.ts"],
  policy: [],
};

/** Every import in `root` that goes the wrong way, and every circle, one line each. */
export function wrongImports(root: string): readonly string[] {
  const wrong: string[] = [];
  for (const [file, targets] of readImports(
    root,
    /^(?:import|export) (?:[^;]*?from )?"(\.[^"]+\.ts)"|\bimport\("(\.[^"]+\.ts)"\)/gm,
  )) {
    for (const target of targets) {
      const problem = problemOf(file, target);
      if (problem !== undefined) wrong.push(`${file} imports ${target}: ${problem}`);
    }
  }
  // Types vanish at run time and make no circle.
  return [...wrong, ...circles(readImports(root, /^(?:import|export) (?!type )(?:[^;]*?from )?"(\.[^"]+\.ts)"/gm))];
}

function problemOf(file: string, target: string): string | undefined {
  const [from, to] = [room(file), room(target)];
  const [above, below] = [floorOf(from), floorOf(to)];
  if (above < 0 || below < 0) return `${above < 0 ? from : to} is on no floor`;
  if (from !== to && below <= above) return "imports only go down";
  if (from !== to && islands[from] && !islands[from].includes(to)) return `${from} stands alone`;
  const [service, other] = [serviceOf(file), serviceOf(target)];
  const foreign = other !== undefined && other !== service;
  if (foreign && !target.endsWith("/index.ts")) return "a service is reached through its index.ts";
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

function readImports(root: string, pattern: RegExp): ReadonlyMap<string, readonly string[]> {
  const files = globSync("**/*.ts", { cwd: root })
    .filter((file) => !/\.(test|contract|fixture)\.ts$/.test(file))
    .sort();
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const targets = [...text.matchAll(pattern)];
      return [file, targets.map((match) => relative(root, join(root, dirname(file), (match[1] ?? match[2])!)))];
    }),
  );
}

function room(file: string): string {
  return file.split("/")[0]!;
}

function floorOf(name: string): number {
  return floors.findIndex((floor) => floor.includes(name));
}

function serviceOf(file: string): string | undefined {
  const [top, service] = file.split("/");
  return top === "services" ? service : undefined;
}

if (import.meta.main) {
  const wrong = wrongImports(join(import.meta.dirname, "../src"));
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exitCode = 1;
}
