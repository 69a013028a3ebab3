import { createRequire } from "node:module";

/**
 * The client library without what it loads and nothing here uses: SSH, and the gRPC of builds, which are nine tenths of its code.
 * A use of either fails.
 */
export async function clientLibrary(): Promise<typeof import("dockerode")> {
  leaveOut();
  return (await import("dockerode")).default;
}

/** The bundle leaves the same files out: see `scripts/package/bundle.ts`. */
function leaveOut(): void {
  const { cache, resolve } = createRequire(import.meta.url);
  const ofLibrary = createRequire(resolve("dockerode"));
  const ofModem = createRequire(ofLibrary.resolve("docker-modem"));
  for (const part of [ofLibrary.resolve("./session"), ofModem.resolve("./ssh")]) {
    // Whoever requires a file gets what is known of it.
    cache[part] ??= { id: part, filename: part, loaded: true, exports: unused(part) } as NodeJS.Module;
  }
}

function unused(part: string): () => never {
  return () => {
    throw new Error(`${part} is not loaded`);
  };
}
