/**
 * Runs every test, or those whose files are given. `node scripts/test.ts [--deep] [flag of node…] [file…]`
 *
 * Many files share a process, because it takes a second of the processor to load the SDK and the source, and a small file's
 * tests take less. A file that works for long has its own process.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** Processes at a time. Those of end-to-end tests mostly wait. */
const concurrency = 6;

/** Most files in a process. With more, one process would be at work when all others have ended. */
const mostTogether = 64;

/** The same for end-to-end tests, which run for long. They share the loaded SDK, and the aws CLI. */
const fewTogether = 4;

/** Most files that may fail because the machine does much else. */
const mostByChance = 4;

/** Tests that work for long, or look at their own process's memory. Each file has its own process. */
const alone = [
  ...[
    "test/console/",
    "test/examples/",
    "test/fuzz/",
    "packages/",
    "src/services/iam/postgres",
    "src/agent/engine/memory",
  ],
  ...["containers", "docker-runtime", "file-stores", "networks"].map((name) => `src/runtime/docker/${name}.test.ts`),
  ...["process-runtime", "restart"].map((name) => `src/runtime/process/${name}.test.ts`),
];

/** Those that take longest, most of it waiting: they start first, each in its own process. */
const longest = [
  "test/e2e/chaos",
  "src/runtime/docker/docker-runtime",
  "test/e2e/definitions",
  "test/e2e/journey",
  "test/e2e/exec",
];

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "sealift-tests-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const words = process.argv.slice(2);
const given = words.filter((word) => !word.startsWith("--"));
const isDeep = words.includes("--deep");
const all = ["src", "packages/**/src", "console/src", "test", "scripts"].map((folder) => `${folder}/**/*.test.ts`);
const isWhole = given.length === 0;
const files = isWhole ? inOrder(together(globSync(all, { cwd: root }).sort())) : given;
const failures = join(folder, "failures");
const flags = [
  "--test",
  ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
  ...[`--test-reporter=${join(root, "scripts/failed-files.ts")}`, `--test-reporter-destination=${failures}`],
  `--test-concurrency=${concurrency}`,
  // Milliseconds; no process takes nearly as long unless it hangs.
  "--test-timeout=1200000",
  "--disable-warning=ExperimentalWarning",
  // As in `main.js`.
  "--no-parallel-scavenge",
  `--import=${join(root, "src/resolve-hook.ts")}`,
  // Megabytes for new objects. A test process ends before it would need them back.
  "--min-semi-space-size=16",
  `--import=${join(root, "test/support/untracked.ts")}`,
  `--import=${join(root, "test/support/quick-passwords.ts")}`,
  ...words.filter((word) => word.startsWith("--") && word !== "--deep"),
];
const env = {
  ...process.env,
  // Where `main.js` has it too. It halves the time to load the source.
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/sealift"),
  ...(isWhole && (await onceForAll())),
  ...(isDeep && { SEALIFT_DEEP: "1" }),
};
process.exitCode = run(files);
if (process.exitCode !== 0 && isWhole) process.exitCode = runAlone();

function run(these: readonly string[]): number {
  return spawnSync(process.execPath, [...flags, ...these], { stdio: "inherit", cwd: root, env }).status ?? 1;
}

/**
 * Runs the files again that failed, which tells a fault from a machine that was too busy with all other tests. What passes alone
 * is named as such. More than a few are no chance.
 */
function runAlone(): number {
  const failed = failedFiles();
  if (failed.length === 0 || failed.length > mostByChance) return 1;
  console.log(`\nRunning again, without the others, what failed among them: ${namesOf(failed)}`);
  const status = run(failed);
  const twice = failedFiles();
  const flaky = failed.filter((file) => !twice.includes(file));
  if (flaky.length > 0) console.log(`\nFlaky: failed among the others, passed alone: ${namesOf(flaky)}`);
  if (twice.length > 0) console.log(`\nFailed twice: ${namesOf(twice)}`);
  return status;
}

/** Of the last run. */
function failedFiles(): readonly string[] {
  return readFileSync(failures, "utf8").split("\n").filter(Boolean);
}

function namesOf(paths: readonly string[]): string {
  return paths.map((path) => relative(root, path)).join(", ");
}

/** What is found and made once for all processes; for a few files it costs more than it saves. */
async function onceForAll(): Promise<NodeJS.ProcessEnv> {
  const { findAwsClis } = await import("../test/support/aws-cli.ts");
  const { madePackages } = await import("../test/support/packages.ts");
  const { path: packages } = await madePackages();
  const program = globSync("sealift-[0-9]*.tgz", { cwd: packages })[0];
  execFileSync("tar", ["-xzf", join(packages, program ?? ""), "-C", folder]);
  process.once("exit", () => rmSync(packages, { recursive: true, force: true }));
  return {
    SEALIFT_TEST_PACKAGES: packages,
    SEALIFT_TEST_PROGRAM: join(folder, "package/dist/sealift.js"),
    SEALIFT_TEST_AWS: JSON.stringify(await findAwsClis()),
  };
}

/** The test files of each process. */
function together(paths: readonly string[]): readonly (readonly string[])[] {
  const kinds = Object.groupBy(paths, (path) => {
    if ([...alone, ...longest].some((prefix) => path.startsWith(prefix))) return "alone";
    if (path.startsWith("test/e2e/")) return "e2e";
    if (path.startsWith("console/")) return "console";
    return path.startsWith("src/runtime/") ? "runtime" : "others";
  });
  const { alone: own = [], e2e = [], ...small } = kinds;
  const shared = Object.values(small).flatMap((files) => parts(files, mostTogether));
  return [...own.map((path) => [path]), ...parts(e2e, fewTogether), ...shared];
}

/** As few parts as possible, of about the same size. Neighbours stay together: they load the same. */
function parts(paths: readonly string[], most: number): readonly (readonly string[])[] {
  const count = Math.ceil(paths.length / most);
  const edge = (part: number) => Math.round((part * paths.length) / count);
  return Array.from({ length: count }, (_, part) => paths.slice(edge(part), edge(part + 1)));
}

/** `services-iam` for a process that begins with a file of IAM. */
function nameOf([first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return first.replaceAll("/", "-").replace(".test.ts", "");
  const [, room = "", service = ""] = first.split("/");
  return room === "services" ? `services-${service}` : room;
}

/**
 * A file for each process, which imports its test files. Node runs files in the order of their names. A long test that starts
 * last makes the whole run longer, and one that waits leaves the processor to one that computes: so they alternate.
 */
function inOrder(processes: readonly (readonly string[])[]): readonly string[] {
  const waits = (members: readonly string[]) => /^(test\/(console|e2e|examples)|src\/runtime)\//.test(members[0] ?? "");
  const isLong = ([first = ""]: readonly string[]) => longest.some((prefix) => first.startsWith(prefix));
  const ordered = alternate(
    [...processes.filter(isLong), ...processes.filter((members) => waits(members) && !isLong(members))],
    processes.filter((members) => !waits(members)),
  );
  return ordered.map((members, index) => {
    const file = join(folder, `${String(index).padStart(3, "0")}-${nameOf(members)}.test.mjs`);
    writeFileSync(file, members.map((path) => `import ${JSON.stringify(join(root, path))};\n`).join(""));
    return file;
  });
}

/** The two lists as one. Both end at about the same place. */
function alternate<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  const place = (list: readonly T[]) => list.map((item, index): [number, T] => [(index + 0.5) / list.length, item]);
  return [...place(some), ...place(others)].sort(([one], [other]) => one - other).map(([, item]) => item);
}
