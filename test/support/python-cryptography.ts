import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { lineProgram } from "./line-program.ts";

const script = fileURLToPath(new URL("python-cryptography.py", import.meta.url));

/** Resolves to true if Python can import `cryptography`. */
export function hasPythonCryptography(): Promise<boolean> {
  return new Promise((resolve) => execFile("python3", ["-c", "import cryptography"], (error) => resolve(!error)));
}

const ask = lineProgram("python3", [script]);

/** Asks Python's `cryptography`; see the script. Secrets go over standard input. */
export async function askPython(request: Readonly<Record<string, string | boolean | Uint8Array>>) {
  const entries = Object.entries(request).map(([name, value]): [string, string | boolean] => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  ]);
  const result = (await ask(Object.fromEntries(entries))) as string | boolean;
  return typeof result === "string" ? Buffer.from(result, "base64") : result;
}
