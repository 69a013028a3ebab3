/**
 * Imported for its effect, before the rest of the source is loaded. A third of the time to load it went into Node's own way of
 * finding a file: it looks for the file, for symbolic links in its path, and for the `package.json` that says what `.js` means,
 * for each of some 700 files. An import of ours names a file with its extension, so that nothing is left to find; Kysely's 257
 * files do the same.
 *
 * https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
import { registerHooks } from "node:module";

const kysely = "/node_modules/kysely/";

registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL } = context;
    const format = parentURL !== undefined && specifier.startsWith(".") && formatOf(specifier, parentURL);
    if (!format) return nextResolve(specifier, context);
    return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
  },
});

function formatOf(specifier: string, importer: string): string | undefined {
  if (specifier.endsWith(".ts")) return "module-typescript";
  if (specifier.endsWith(".js") && importer.includes(kysely)) return "module";
  return undefined;
}
