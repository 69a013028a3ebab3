/**
 * Runs every test, or those whose files are given. `node scripts/test.ts [--deep] [flag of node…] [file…]`
 *
 * Many files of one folder share a process, because a small file's cost is mostly loading the SDK and the source. A file that
 * starts programs has its own process.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Processes at a time. Those of end-to-end tests mostly wait. */
const concurrency = 4;

/** Most files in a process. */
const mostTogether = 24;

/** Tests that start programs or work for long. Each file has its own process. */
const alone = [
  ...["test/e2e/", "test/fuzz/", "src/services/iam/postgres.test.ts"],
  ...["containers", "docker-runtime", "file-stores", "networks"].map((name) => `src/runtime/docker/${name}.test.ts`),
  ...["process-runtime", "restart"].map((name) => `src/runtime/process/${name}.test.ts`),
];

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "sealift-tests-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const words = process.argv.slice(2);
const given = words.filter((word) => !word.startsWith("--"));
const isDeep = words.includes("--deep");
const all = ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"];
const files = given.length > 0 ? given : inOrder(together(globSync(all, { cwd: root }).sort()));
const flags = [
  "--test",
  "--test-reporter=spec",
  `--test-concurrency=${concurrency}`,
  // Milliseconds; no file takes nearly as long unless it hangs.
  "--test-timeout=600000",
  "--disable-warning=ExperimentalWarning",
  // As in `main.js`.
  "--no-parallel-scavenge",
  `--import=${join(root, "src/resolve-hook.ts")}`,
  // Megabytes for new objects. A test process ends before it would need them back.
  "--min-semi-space-size=16",
  `--import=${join(root, "test/support/untracked.ts")}`,
  ...words.filter((word) => word.startsWith("--") && word !== "--deep"),
];
const { status } = spawnSync(process.execPath, [...flags, ...files], {
  stdio: "inherit",
  cwd: root,
  env: {
    ...process.env,
    // Where `main.js` has it too. It halves the time to load the source.
    NODE_COMPILE_CACHE: join(root, "node_modules/.cache/sealift"),
    ...(isDeep && { SEALIFT_DEEP: "1" }),
  },
});
process.exitCode = status ?? 1;

/** The test files of each process. */
function together(paths: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  const own: string[] = [];
  for (const path of paths) {
    if (alone.some((prefix) => path.startsWith(prefix))) own.push(path);
    else groups.set(groupOf(path), [...(groups.get(groupOf(path)) ?? []), path]);
  }
  const parts = [...groups.values()].flatMap((members) =>
    Array.from({ length: Math.ceil(members.length / mostTogether) }, (_, part) =>
      members.slice(part * mostTogether, (part + 1) * mostTogether),
    ),
  );
  return [...own.map((path) => [path]), ...parts];
}

/** `services-iam` for all of IAM. */
function groupOf(path: string): string {
  const [, room = "", service = ""] = path.split("/");
  if (room === "runtime") return room;
  return room === "services" ? `services-${service}` : "rooms";
}

/**
 * A file for each process, which imports its test files. Node runs files in the order of their names. A long test that starts
 * last makes the whole run longer, and one that waits leaves the processor to one that computes: so they alternate.
 */
function inOrder(processes: readonly (readonly string[])[]): readonly string[] {
  const waits = (members: readonly string[]) => /^(test\/e2e|src\/runtime)\//.test(members[0] ?? "");
  const ordered = alternate(
    processes.filter(waits),
    processes.filter((members) => !waits(members)),
  );
  return ordered.map((members, index) => {
    const [first = ""] = members;
    const name = members.length > 1 ? groupOf(first) : first.replaceAll("/", "-").replace(".test.ts", "");
    const file = join(folder, `${String(index).padStart(3, "0")}-${name}.test.mjs`);
    writeFileSync(file, members.map((path) => `import ${JSON.stringify(join(root, path))};\n`).join(""));
    return file;
  });
}

/** The two lists as one. Both end at about the same place. */
function alternate<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  const place = (list: readonly T[]) => list.map((item, index): [number, T] => [(index + 0.5) / list.length, item]);
  return [...place(some), ...place(others)].sort(([one], [other]) => one - other).map(([, item]) => item);
}
