/**
 * Makes the package that people install: `sealift-<version>.tgz`, with bundled JavaScript and no dependencies.
 * `node scripts/package/package.ts [folder]`
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { bundle, root } from "./bundle.ts";

const [folder = root] = process.argv.slice(2);
const made = mkdtempSync(join(tmpdir(), "sealift-package-"));
try {
  await bundle(join(made, "dist"));
  const { name, version, description, license, type, engines, scripts } = manifest;
  const bin = join(made, "dist/sealift.js");
  // The flags of `npm run sealift`.
  const [flags = ""] = scripts.sealift.split(" src/");
  writeFileSync(
    bin,
    `#!/usr/bin/env -S ${flags}
import { enableCompileCache } from "node:module";
import { join } from "node:path";
enableCompileCache(join(import.meta.dirname, ".cache"));
await import("./cli.js");
`,
  );
  chmodSync(bin, 0o755);
  const published = {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin: { sealift: "dist/sealift.js" },
    files: ["dist"],
  };
  writeFileSync(join(made, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
  for (const file of ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"])
    copyFileSync(join(root, file), join(made, file));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(folder)], {
    cwd: made,
    encoding: "utf8",
  });
  process.stdout.write(`${join(resolve(folder), packed.trim())}\n`);
} finally {
  rmSync(made, { recursive: true, force: true });
}
