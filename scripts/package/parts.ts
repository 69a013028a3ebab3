import { basename } from "node:path";
import { type BuildOptions, build, type Metafile, transform } from "esbuild";

/**
 * The package's scripts, each with the chunks of the files that it names, and of what these import: `cli` is what every command
 * starts with, `up` what `sealift up` loads until it is ready, `late` the rest. V8 reads a script whole, whatever of it runs. Where
 * `up` comes to load more on its way, it is right nevertheless, but slower, and a test says so.
 */
const scripts: Readonly<Record<string, readonly string[]>> = {
  cli: ["src/cli/program.ts"],
  up: [
    "src/cli/up.ts",
    "src/server/server.ts",
    "src/server/local-agent.ts",
    "src/runtime/process/process-runtime.ts",
    "src/runtime/docker/engine.ts",
    "src/runtime/docker/docker-runtime.ts",
    "node_modules/dockerode/lib/docker.js",
    "src/services/ecs/operations.ts",
    "src/services/ecs/operations/register-container-instance.ts",
    "src/services/ecs/operations/discover-poll-endpoint.ts",
  ],
};

/**
 * What a chunk as CommonJS asks for where it loads another one late. All are ES modules, but one of a package in CommonJS gives out
 * the package as its default only.
 */
const helpers =
  'const __toESM=exports=>Object.keys(exports).join()==="default"?{...exports.default,default:exports.default}:exports;';

/**
 * Bundles the program, and resolves to its scripts by name. Each gives out its chunks by name, as functions like those of CommonJS.
 * V8 compiles a function when it is called first, so that a command compiles what it needs.
 */
export async function partsOf(options: BuildOptions): Promise<ReadonlyMap<string, string>> {
  const { outputFiles = [], metafile } = await build({
    ...options,
    ...{ entryPoints: { program: "src/cli/program.ts" }, outdir: "/", format: "esm", splitting: true },
    ...{ write: false, metafile: true },
  });
  const functions = outputFiles.map(async ({ path, text }) => [basename(path), await functionOf(text)] as const);
  const left = new Map(await Promise.all(functions));
  const parts = new Map<string, string>();
  for (const [name, files] of [...Object.entries(scripts), ["late", undefined] as const]) {
    const names = [...(files ? chunksOf(files, metafile) : left.keys())].filter((chunk) => left.has(chunk));
    const members = names.map((chunk) => `"./${chunk}":${left.get(chunk)}`);
    parts.set(name, `${helpers}return{${members.join(",\n")}}`);
    for (const chunk of names) left.delete(chunk);
  }
  return parts;
}

async function functionOf(chunk: string): Promise<string> {
  const { code } = await transform(chunk, {
    ...{ format: "cjs", minifyWhitespace: true, target: "node24", supported: { "dynamic-import": false } },
  });
  const [all, exports = ""] = exported.exec(code) ?? [];
  // What esbuild has before that are its own helpers. To define members one by one takes twice as long.
  const members = exports.split(",").map((one) => one.replace(/^(.*):\(\)=>(.*)$/, "get $1(){return $2}"));
  const text = all ? `module.exports={${members.join(",")}};${code.slice(code.indexOf(all) + all.length)}` : code;
  const asked = text.replaceAll(askedAtOnce, "$1");
  if (asked.includes("__now(")) throw new Error("esbuild writes imports in another way: mend scripts/package/parts.ts");
  return `function(module){${asked}}`;
}

const exported =
  /var stdin_exports=\{\};__export\(stdin_exports,\{([^}]*)\}\);module\.exports=__toCommonJS\(stdin_exports\);/;

/** `bundle.ts` asks for what is to be loaded late, and yet at once. */
const askedAtOnce = /__now\(Promise\.resolve\(\)\.then\(\(\)=>__toESM\((require\("[^"]+"\))\)\)\)/g;

/** The chunks that files of the source are in, with all that is loaded together with them. */
function chunksOf(files: readonly string[], { outputs }: Metafile): ReadonlySet<string> {
  const chunks = Object.entries(outputs).map(([path, output]) => [basename(path), output] as const);
  const byName = new Map(chunks);
  const found = new Set(
    files.map((file) => {
      const [name] = chunks.find(([, { entryPoint = "" }]) => entryPoint.endsWith(file)) ?? [];
      if (name === undefined) throw new Error(`Nothing loads ${file} late any more: mend scripts/package/parts.ts`);
      return name;
    }),
  );
  // A set gives what is added to it meanwhile, too.
  for (const name of found) {
    for (const { path, kind } of byName.get(name)?.imports ?? [])
      if (kind === "import-statement") found.add(basename(path));
  }
  return found;
}
