import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundle, root } from "./bundle.ts";

const source = "packages/testing/src";

/** Writes the package for tests: for `import` and for `require`, with types, and Sealift itself in `server`. */
export async function bundleTesting(folder: string): Promise<void> {
  await bundle(join(folder, "server"));
  const common = join(folder, "cjs");
  await Promise.all([
    write(folder, "esm", {}),
    write(common, "cjs", {
      define: { "import.meta.url": "here" },
      banner: { js: 'const here = require("node:url").pathToFileURL(__filename);' },
    }),
  ]);
  writeFileSync(join(common, "package.json"), '{ "type": "commonjs" }\n');
  const types = mkdtempSync(join(tmpdir(), "sealift-types-"));
  try {
    const flags = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rewriteRelativeImportExtensions"];
    const places = ["--rootDir", root, "--outDir", types];
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", "packages/testing", ...flags, ...places], { cwd: root });
    for (const name of readdirSync(join(types, source)).filter((name) => name.endsWith(".d.ts"))) {
      for (const place of [folder, common]) cpSync(join(types, source, name), join(place, name));
    }
  } finally {
    rmSync(types, { recursive: true, force: true });
  }
}

async function write(outdir: string, format: "esm" | "cjs", options: object): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { index: `${source}/index.ts` },
    ...{ outdir, format, bundle: true, platform: "node", target: "node24", legalComments: "none" },
    ...{ minifyWhitespace: true, minifySyntax: true },
    plugins: [serverBeside(format === "esm" ? "./server/sealift.js" : "../server/sealift.js")],
    logLevel: "error",
    ...options,
  });
}

/** In the package, the program is in another place. */
function serverBeside(path: string): Plugin {
  return {
    name: "server-beside",
    setup({ onLoad }) {
      onLoad({ filter: /\/packages\/testing\/src\/program\.ts$/ }, () => ({
        contents: `export const program = new URL(${JSON.stringify(path)}, import.meta.url);`,
        loader: "ts",
      }));
    },
  };
}
