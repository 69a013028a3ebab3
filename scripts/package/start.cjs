/**
 * The package's `sealift.js`: starts the bundled program. V8 compiles a function when it is called first, and Node's own cache
 * (`enableCompileCache`) has only what was compiled before any was called. This one has what a command had compiled when it had
 * started, so that its next start compiles nothing. Until then it has what the command most like it had compiled. Where the
 * folder cannot be written nothing is kept, and what another V8 compiled is rejected by V8 and made anew.
 *
 * https://nodejs.org/api/vm.html#scriptcreatecacheddata
 */
const { subscribe } = require("node:diagnostics_channel");
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

/** Of the program's text: another one has another cache. */
const build = "{build}";
const [, , command = "", ...words] = process.argv;
// Other flags start other parts.
const flags = words.filter((word) => word.startsWith("--")).map((word) => word.replace(/=.*/, ""));
const name = [command, ...flags]
  .join("")
  .replace(/[^\w-]/g, "")
  .slice(0, 100);
const folder = join(__dirname, ".cache");
/** Most files in it, of some megabytes at most. */
const mostKept = 48;
/** Milliseconds after which the first requests of a server have been dealt with. */
const soon = 5_000;

/** Scripts that are not loaded yet, in their order (`parts.ts`). */
const left = ["cli", "up", "late"];
/** By name: the functions of what is loaded, and what those gave that have run. */
const chunks = new Map();
const modules = new Map();
/** By the file to keep it in: scripts of which V8 has compiled more than is kept, and the file that it was given. */
const compiled = new Map();

subscribe("sealift.started", () => keepAll());
// A command that fails may not have come far.
process.once("exit", (code) => keepAll(code === 0 ? "" : "-failed"));
requirePart("./program.js");

function requirePart(id) {
  if (!id.startsWith("./")) return require(id);
  const known = modules.get(id);
  if (known) return known.exports;
  while (!chunks.has(id)) load(left.shift());
  const made = { exports: {} };
  modules.set(id, made);
  chunks.get(id)(made);
  return made.exports;
}

/** Takes the chunks of a script. */
function load(part) {
  const filename = join(__dirname, `${part}.js`);
  const kept = `${part}-${name}-${process.version}-${build}`;
  const given = alike(part, kept);
  // The bundle is ASCII.
  const script = new Script(readFileSync(filename, "latin1"), { filename, cachedData: given && read(given) });
  const made = script.runInThisContext()(requirePart, __filename, __dirname);
  for (const [id, chunk] of Object.entries(made)) chunks.set(id, chunk);
  const isTaken = script.cachedDataRejected === false;
  if (isTaken && given === kept) return;
  compiled.set(kept, { script, given: isTaken ? given : undefined });
  // A server loads it with its first request.
  if (left.length === 0) setTimeout(keepAll, soon).unref();
}

/** The file that is kept for this command, or the one whose name begins as it does for longest. */
function alike(part, kept) {
  const files = filesOf(part);
  for (let length = kept.length; length > part.length; length--) {
    const start = kept.slice(0, length);
    const found = files.find((file) => file.startsWith(start));
    if (found) return found;
  }
  return undefined;
}

/** In order: what a command kept stands before what it left when it failed. */
function filesOf(part) {
  const ours = new RegExp(`^${part}-.*-${process.version}-${build}(-\\w+)?$`);
  try {
    return readdirSync(folder)
      .filter((file) => ours.test(file))
      .sort();
  } catch {
    return [];
  }
}

function read(file) {
  try {
    return readFileSync(join(folder, file));
  } catch {
    return undefined;
  }
}

function keepAll(suffix = "") {
  for (const [kept, { script, given }] of compiled) {
    if (given !== kept + suffix) keep(kept + suffix, script);
  }
  if (compiled.size > 0) forgetOldest();
  compiled.clear();
}

/** What another version of the program or of Node kept goes first. */
function forgetOldest() {
  const age = (file) => Number(file.includes(`-${process.version}-${build}`)) * statSync(join(folder, file)).mtimeMs;
  try {
    const files = readdirSync(folder).map((file) => ({ file, at: age(file) }));
    for (const { file } of files.sort((one, other) => other.at - one.at).slice(mostKept)) rmSync(join(folder, file));
  } catch {
    // Another process forgets them too.
  }
}

function keep(file, script) {
  try {
    mkdirSync(folder, { recursive: true });
    const written = join(folder, `${file}.${process.pid}`);
    writeFileSync(written, script.createCachedData());
    renameSync(written, join(folder, file));
  } catch {
    // The next start compiles again.
  }
}
