import { ConfigError } from "../server/config.ts";

/** Tells the person at the terminal what went wrong; the exit code to end with. */
export function report(error: unknown): number {
  if (error instanceof ConfigError) {
    process.stderr.write(`sealift: ${error.message}\n`);
    return 2;
  }
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === "EADDRINUSE") {
    process.stderr.write(`sealift: Cannot listen on ${address}:${port}: something else does; choose another --port\n`);
    return 2;
  }
  process.stderr.write(`sealift: ${error instanceof Error ? describe(error) : String(error)}\n`);
  return 1;
}

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${describe(error.cause)}` : error.message;
}
