import { spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "console/dist");
/** Bytes of all files with their compressed forms: the package has them. */
const most = 6 * 1024 * 1024;
/** What is compressed already is left as it is, and what a header would outweigh. */
const compressible = /\.(css|html|js|json|svg|txt)$/;
const smallest = 1024;

/** True if the console was built after the last change of what it is built from. */
export function isConsoleBuilt(): boolean {
  const built = statSync(join(folder, "index.html"), { throwIfNoEntry: false });
  const sources = globSync("console/{src,src/**/*,*.*}", { cwd: root });
  return built !== undefined && sources.every((name) => statSync(join(root, name)).mtimeMs < built.mtimeMs);
}

/** Builds the console, and each of its files in the forms in which browsers take it. Gives what there is to say. */
export async function buildConsole(): Promise<readonly string[]> {
  // Beside the one before, which a running server goes on with until this one is whole. Tests may build at the same time.
  const next = mkdtempSync(`${folder}-`);
  try {
    const words = ["run", "--silent", "build", "--workspace", "console", "--", "--outDir", next, "--emptyOutDir"];
    const { status, stdout, stderr } = spawnSync("npm", words, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`Cannot build the console\n${stdout}${stderr}`);
    const names = globSync("**/*", { cwd: next }).filter((name) => /\.\w+$/.test(name));
    await Promise.all(names.filter((name) => compressible.test(name)).map((name) => compress(join(next, name))));
    const sizes = globSync("**/*.*", { cwd: next }).map((name) => statSync(join(next, name)).size);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes > most) throw new Error(`The console has ${bytes} bytes, and may have ${most}`);
    putInPlace(next);
    return [
      `Built the console: ${names.length} files, ${(bytes / 1024 / 1024).toFixed(1)} MB with their compressed forms`,
    ];
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

function putInPlace(next: string): void {
  chmodSync(next, 0o755);
  const before = `${next}-before`;
  move(folder, before);
  move(next, folder);
  rmSync(before, { recursive: true, force: true });
}

/** Does nothing where another build came first, which is as good. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

async function compress(path: string): Promise<void> {
  const content = readFileSync(path);
  if (content.length < smallest) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
