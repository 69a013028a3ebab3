import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

export const root = join(import.meta.dirname, "../..");

/** Files that the source reads from its own folder, and that a bundle has beside it. */
const assets = [
  "src/services/iam/entities/service-linked-roles/service-linked-roles.tsv",
  "src/services/iam/policies/aws-managed-policies",
];

/**
 * Writes the programs as JavaScript that needs no other package: `cli.js` and `keeper.js`, with the data that they read. What the
 * source loads late is in the same file, and runs as late.
 */
export async function bundle(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli/program.ts", keeper: "src/runtime/process/keeper/main.ts" },
    outdir: folder,
    bundle: true,
    ...{ platform: "node", target: "node24", format: "esm", legalComments: "none" },
    // As Node finds packages.
    mainFields: ["main"],
    minifyWhitespace: true,
    minifySyntax: true,
    // Native code that its users do without, and what only they ask for.
    external: ["*.node", "cpu-features", "pg-native"],
    banner: {
      js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
    },
    plugins: [asBundled],
    logLevel: "error",
  });
  for (const asset of assets) {
    cpSync(join(root, asset), join(folder, asset.replace(/^.*\//, "")), { recursive: true });
  }
}

/** Lines of the source that find something by its place on the disk. Each must be there, or the bundle is wrong. */
const rewritten: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  { file: "src/runtime/process/keeper/keeper-link.ts", from: /"\.\/main\.ts"/, to: '"./keeper.js"' },
  { file: "src/runtime/docker/client-library.ts", from: /^ {2}leaveOut\(\);$/m, to: "" },
  { file: "src/saml/signature.ts", from: /^const require = createRequire\(import\.meta\.url\);$/m, to: "" },
  { file: "src/saml/xml.ts", from: /^const require = createRequire\(import\.meta\.url\);$/m, to: "" },
];

const asBundled: Plugin = {
  name: "as-bundled",
  setup({ onLoad }) {
    // As `client-library.ts` does where nothing is bundled.
    onLoad({ filter: /\/(dockerode\/lib\/session|docker-modem\/lib\/ssh)\.js$/ }, () => ({
      contents: 'module.exports = () => { throw new Error("not in the bundle"); };',
    }));
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const { file, from, to } of rewritten) {
        if (!path.endsWith(`/${file}`)) continue;
        if (!from.test(contents)) throw new Error(`${file} has no ${from} any more: mend scripts/package/bundle.ts`);
        contents = contents.replace(from, to);
      }
      // A package that is named by a variable would not be in the bundle.
      contents = contents.replaceAll(/lazySdk<[^;]*?>\(("[^"]+")\)/g, "(() => require($1))");
      return { contents, loader: "ts" };
    });
  },
};
