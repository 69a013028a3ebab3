/**
 * Runs every test, or those whose files are given. `node scripts/test.ts [--deep] [flag of node…] [file…]`
 *
 * Files of one folder that need nothing but the source run in one process: most of what a small file costs is loading the
 * SDK and the source. What starts programs of its own runs in a process of its own.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Processes at a time: those of the end-to-end tests mostly wait. */
const concurrency = 4;

/** Files in a process. */
const mostTogether = 24;

/** Tests of programs, of many kills, or of what the whole process does: each keeps its process to itself. */
const alone = [
  ...["test/e2e/", "test/fuzz/", "src/runtime/", "src/server/", "src/storage/", "test/conformance/"],
  "src/services/iam/postgres.test.ts",
];

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "sealift-tests-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const words = process.argv.slice(2);
const given = words.filter((word) => !word.startsWith("--"));
const isDeep = words.includes("--deep");
const all = ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"];
const files = given.length > 0 ? given : slowestFirst(together(globSync(all, { cwd: root }).sort()));
const flags = [
  "--test",
  "--test-reporter=spec",
  `--test-concurrency=${concurrency}`,
  // Milliseconds; no file takes nearly as long unless it hangs.
  "--test-timeout=600000",
  "--disable-warning=ExperimentalWarning",
  ...words.filter((word) => word.startsWith("--") && word !== "--deep"),
];
const { status } = spawnSync(process.execPath, [...flags, ...files], {
  stdio: "inherit",
  cwd: root,
  env: { ...process.env, ...(isDeep && { SEALIFT_DEEP: "1" }) },
});
process.exitCode = status ?? 1;

/** The files to give to the test runner: some stand for many. */
function together(paths: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>();
  const own: string[] = [];
  for (const path of paths) {
    if (alone.some((prefix) => path.startsWith(prefix))) own.push(path);
    else groups.set(groupOf(path), [...(groups.get(groupOf(path)) ?? []), path]);
  }
  const made = [...groups].flatMap(([name, members]) =>
    Array.from({ length: Math.ceil(members.length / mostTogether) }, (_, part) => {
      const file = join(folder, `${name}-${part + 1}.test.mjs`);
      const chosen = members.slice(part * mostTogether, (part + 1) * mostTogether);
      writeFileSync(file, chosen.map((path) => `import ${JSON.stringify(join(root, path))};\n`).join(""));
      return file;
    }),
  );
  return [...own, ...made];
}

/** `services-iam` for all of IAM. */
function groupOf(path: string): string {
  const [, room = "", service = ""] = path.split("/");
  return room === "services" ? `services-${service}` : "rooms";
}

/** A long test that begins last keeps everybody waiting. */
function slowestFirst(paths: readonly string[]): readonly string[] {
  const rank = (path: string) => (path.startsWith("test/e2e/") ? 0 : path.startsWith("test/fuzz/") ? 1 : 2);
  return paths.toSorted((one, other) => rank(one) - rank(other));
}
