/**
 * Makes the packages that people install, with bundled JavaScript and no dependencies: `sealift-<version>.tgz`, and
 * `sealift-testing-<version>.tgz` for tests. `node scripts/package/package.ts [folder]`
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import testing from "../../packages/testing/package.json" with { type: "json" };
import { bundleWithConsole, root } from "./bundle.ts";
import { bundleTesting } from "./testing.ts";

const [folder = root] = process.argv.slice(2);
const { version, license, type, engines } = manifest;
const shared = { version, license, type, engines, files: ["dist"] };

await pack(
  { name: manifest.name, description: manifest.description, ...shared, bin: { sealift: "dist/sealift.js" } },
  { texts: ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE", "NOTICE"], write: bundleWithConsole },
);
await pack(
  {
    ...{ name: testing.name, description: testing.description, ...shared },
    exports: {
      ".": {
        import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
        require: { types: "./dist/cjs/index.d.ts", default: "./dist/cjs/index.js" },
      },
    },
  },
  { texts: ["packages/testing/README.md", "LICENSE", "NOTICE"], write: bundleTesting },
);

/** Prints the path of the package. */
async function pack(
  published: object,
  { texts, write }: { readonly texts: readonly string[]; readonly write: (folder: string) => Promise<void> },
): Promise<void> {
  const made = mkdtempSync(join(tmpdir(), "sealift-package-"));
  try {
    await write(join(made, "dist"));
    writeFileSync(join(made, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
    for (const file of texts) copyFileSync(join(root, file), join(made, file.replace(/^.*\//, "")));
    const words = ["pack", "--silent", "--pack-destination", resolve(folder)];
    const packed = execFileSync("npm", words, { cwd: made, encoding: "utf8" });
    process.stdout.write(`${join(resolve(folder), packed.trim())}\n`);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
