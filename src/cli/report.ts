import { ConfigError } from "../server/config.ts";

/** Prints what went wrong. Returns the exit code to end with. */
export function report(error: unknown): number {
  if (error instanceof ConfigError) {
    process.stderr.write(`sealift: ${error.message}\n`);
    return 2;
  }
  const problem = error instanceof Error ? listenProblem(error) : undefined;
  if (problem !== undefined) {
    process.stderr.write(`sealift: ${problem}\n`);
    return 2;
  }
  process.stderr.write(`sealift: ${error instanceof Error ? describe(error) : String(error)}\n`);
  return 1;
}

interface ListenError extends NodeJS.ErrnoException {
  readonly port?: number;
  readonly address?: string;
  readonly hostname?: string;
}

/** Says why the server cannot listen, if that is the error. */
function listenProblem({ code, syscall, port, address, hostname }: ListenError): string | undefined {
  if (syscall === "getaddrinfo") return `Cannot listen on "${hostname}": it has no address; choose another --host`;
  if (syscall !== "listen") return undefined;
  if (code === "EADDRINUSE") return `Cannot listen on ${address}:${port}: something else does; choose another --port`;
  if (code === "EADDRNOTAVAIL")
    return `Cannot listen on ${address}: this machine has no such address; choose another --host`;
  if (code === "EACCES") return `Cannot listen on ${address}:${port}: not permitted; choose a --port from 1024 on`;
  return undefined;
}

function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${describe(error.cause)}` : error.message;
}
