import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import manifest from "../../package.json" with { type: "json" };

import { openSqlite } from "../../src/storage/sqlite.ts";
import { buildConsole, isConsoleBuilt } from "../console/build.ts";
import { partsOf } from "./parts.ts";

const here = 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;';

export const root = join(import.meta.dirname, "../..");

/** Files that the source reads from its own folder, and that a bundle has beside it. */
const assets = [
  "src/services/iam/entities/service-linked-roles/service-linked-roles.tsv",
  "src/services/iam/policies/aws-managed-policies",
];

/**
 * Writes the programs as JavaScript that needs no other package: `sealift.js` with its scripts (`parts.ts`), `keeper.js` and
 * `log-search.js`, with the data that they read. They are CommonJS, because V8 gives out what it has compiled of a script, but not
 * of a module that has run (`start.cjs`).
 */
export async function bundle(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const programs = {
    keeper: "src/runtime/process/keeper/main.ts",
    "log-search": "src/services/logs/search/worker.ts",
  };
  await build({ ...options, entryPoints: programs, outdir: folder, format: "cjs", banner: { js: here } });
  const texts = await writeParts(folder);
  for (const asset of assets) {
    cpSync(join(root, asset), join(folder, asset.replace(/^.*\//, "")), { recursive: true });
  }
  await writeEmptyDatabase(join(folder, "empty.db"));
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  // The flags of `npm run sealift`.
  const [flags = ""] = manifest.scripts.sealift.split(" src/");
  const hash = createHash("sha256").update(texts).digest("hex").slice(0, 12);
  const start = readFileSync(join(import.meta.dirname, "start.cjs"), "utf8").replace("{build}", hash);
  const bin = join(folder, "sealift.js");
  writeFileSync(bin, `#!/usr/bin/env -S ${flags}\n${start}`);
  chmodSync(bin, 0o755);
}

/** Writes the program's scripts, and resolves to their text. */
async function writeParts(folder: string): Promise<string> {
  const parts = await partsOf(options);
  for (const [name, text] of parts) {
    const [program] = /new URL\("\.\/[^"]*\.ts"/.exec(text) ?? [];
    if (program) throw new Error(`The bundle looks for ${program}: mend scripts/package/bundle.ts`);
    writeFileSync(
      join(folder, `${name}.js`),
      `(function(require,__filename,__dirname){"use strict";${here}${text}\n})`,
    );
  }
  return [...parts.values()].join();
}

/** The database with which an installation begins. The log beside it is empty, and goes when it is closed. */
async function writeEmptyDatabase(path: string): Promise<void> {
  rmSync(path, { force: true });
  await (await openSqlite(path))[Symbol.asyncDispose]();
  // Of the package, whoever runs it.
  chmodSync(path, 0o644);
}

/** As `bundle`, with the console, which is built where it is not. */
export async function bundleWithConsole(folder: string): Promise<void> {
  await bundle(folder);
  if (!isConsoleBuilt()) await buildConsole();
  cpSync(join(root, "console/dist"), join(folder, "console"), { recursive: true });
}

/** Lines of the source that find something by its place on the disk. Each must be there, or the bundle is wrong. */
const rewritten: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  { file: "src/runtime/process/keeper/keeper-link.ts", from: /"\.\/main\.ts"/, to: '"./keeper.js"' },
  { file: "src/runtime/docker/client-library.ts", from: /^ {2}leaveOut\(\);$/m, to: "" },
  {
    file: "src/services/logs/search/searcher.ts",
    from: /new URL\("\.\/worker\.ts"/,
    to: 'new URL("./log-search.js"',
  },
  { file: "src/server/console/files.ts", from: /"\.\.\/\.\.\/\.\.\/console\/dist"/, to: '"console"' },
  { file: "src/saml/signature.ts", from: /^const require = createRequire\(import\.meta\.url\);$/m, to: "" },
  { file: "src/saml/xml.ts", from: /^const require = createRequire\(import\.meta\.url\);$/m, to: "" },
];

/** The source, in which no client of the SDK runs where only parts of it are asked for: that would take 20 ms each. */
function withoutClients(text: string): string {
  return (
    text
      .replaceAll(/^import \{([^}]*)\} from "(@aws-sdk\/client-[\w-]+)";$/gm, byThemselves)
      // The front door asks which commands there are.
      .replaceAll(/^import \* as client from "(@aws-sdk\/client-[\w-]+)";$/gm, 'import * as client from "commands:$1";')
      // A package that is named by a variable would not be in the bundle. Its errors' schemas are asked for.
      .replaceAll(/lazySdk<[^;]*?>\("([^"]+)"\)/g, '(() => __now(import("$1/schemas/schemas_0.js")))')
  );
}

/** Imports of commands and schemas from their own files. */
function byThemselves(_: string, names: string, client: string): string {
  const lines = names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => `import { ${name} } from "${client}${fileOf(name)}";`);
  // In one line, so that those of the source keep their numbers.
  return lines.join(" ");
}

function fileOf(name: string): string {
  if (/^\w+Command$/.test(name)) return `/commands/${name}.js`;
  return name.endsWith("$") ? "/schemas/schemas_0.js" : "";
}

/** Without symbolic links, as esbuild finds packages: otherwise a file would be in the bundle by either path. */
const packages = realpathSync(join(root, "node_modules"));

const asBundled: Plugin = {
  name: "as-bundled",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^commands:/ }, ({ path }) => ({ path, namespace: "commands", sideEffects: false }));
    onLoad({ filter: /.*/, namespace: "commands" }, ({ path }) => {
      const commands = join(packages, path.replace("commands:", ""), "dist-es/commands");
      const names = readdirSync(commands).flatMap((file) => /^(\w+Command)\.js$/.exec(file)?.[1] ?? []);
      return { contents: names.map((name) => `export const ${name} = true;`).join("\n") };
    });
    onResolve({ filter: /^@aws-sdk\/client-[\w-]+(\/.*\.js)?$/ }, ({ path }) => {
      const [, client = "", file = "index.js"] = /^(@aws-sdk\/[\w-]+)(?:\/(.*))?$/.exec(path) ?? [];
      return { path: join(packages, client, "dist-es", file) };
    });
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
      return { contents: withoutClients(contents), loader: "ts" };
    });
  },
};

/**
 * An `import` of one of Node's own modules reads every member that the module has. Some are made when they are read first: for those of
 * `node:http`, Node loads its whole client of HTTP, which takes a third of the time to start. This reads what is imported only,
 * and where all of a module is, not what is made late.
 */
const madeLate = ["WebSocket", "CloseEvent", "MessageEvent", "webcrypto", "subtle"];

/** The SDK requires it, and uses it for streams of another protocol only. */
const late = ["http2", "node:http2"];

const builtinsByName: Plugin = {
  name: "builtins-by-name",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z_]+\d?(\/[a-z]+)?$/ }, ({ path, kind, importer }) => {
      if (!isBuiltin(path)) return undefined;
      if (importer.includes("/node_modules/commander/") && path.endsWith("child_process")) {
        return { path, namespace: "late-builtin" };
      }
      if (kind === "require-call" && late.includes(path)) return { path, namespace: "late-builtin" };
      if (kind !== "import-statement") return { path, external: true };
      return { path, namespace: "builtin", sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: "late-builtin" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => process.getBuiltinModule(${JSON.stringify(path)})[name] });`,
    }));
    onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const lines = names
        .filter((name) => name !== "default" && !madeLate.includes(name))
        .map((name) => `const ${name}_ = /* @__PURE__ */ ((of) => of.${name})(all); export { ${name}_ as ${name} };`);
      return {
        contents: `const all = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)}); export { all as default };\n${lines.join("\n")}`,
      };
    });
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  ...{ platform: "node", target: "node24", legalComments: "none" },
  define: { "import.meta.url": "bundleUrl", "import.meta.dirname": "__dirname" },
  // As Node finds packages.
  mainFields: ["main"],
  // Its CommonJS asks for its own files in a way that no bundler sees.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  minifyWhitespace: true,
  minifySyntax: true,
  // Native code that its users do without, and what only they ask for.
  external: ["*.node", "cpu-features", "pg-native"],
  plugins: [asBundled, builtinsByName],
  logLevel: "error",
  logOverride: { "import-is-undefined": "error" },
} satisfies BuildOptions;
