import { createRequire } from "node:module";

/**
 * The client library without what it loads and nothing here uses: SSH, and the gRPC of builds, which are nine tenths of its code.
 * A use of either fails.
 */
export async function clientLibrary(): Promise<typeof import("dockerode")> {
  const { cache, resolve } = createRequire(import.meta.url);
  const library = resolve("dockerode");
  const ofLibrary = createRequire(library);
  for (const part of [
    ofLibrary.resolve("./session"),
    createRequire(ofLibrary.resolve("docker-modem")).resolve("./ssh"),
  ]) {
    // Whoever requires a file gets what is known of it.
    cache[part] ??= { id: part, filename: part, loaded: true, exports: unused(part) } as NodeJS.Module;
  }
  return (await import("dockerode")).default;
}

function unused(part: string): () => never {
  return () => {
    throw new Error(`${part} is not loaded`);
  };
}
