import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A folder with the packages that `npm run package` makes. A run of all tests makes them once (`scripts/test.ts`). */
export async function madePackages(): Promise<AsyncDisposable & { readonly path: string }> {
  const made = process.env.SEALIFT_TEST_PACKAGES;
  if (made !== undefined) return { path: made, async [Symbol.asyncDispose]() {} };
  const path = await mkdtemp(join(tmpdir(), "sealift-packages-"));
  const script = join(import.meta.dirname, "../../scripts/package/package.ts");
  await promisify(execFile)(process.execPath, [script, path]);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
