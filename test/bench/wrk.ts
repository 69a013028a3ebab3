import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { throwAwayData } from "../support/throw-away.ts";

const run = promisify(execFile);

/** Requests a second that `wrk`, a load generator in C, gets answered with one thread; `undefined` where it is not installed. */
export async function wrk(
  port: number,
  request: Buffer,
  connections: number,
  seconds: number,
): Promise<number | undefined> {
  await using folder = await throwAwayData();
  const script = join(folder.path, "request.lua");
  await writeFile(script, luaScript(request));
  const words = ["-t1", `-c${connections}`, `-d${seconds}s`, "-s", script, `http://127.0.0.1:${port}/`];
  const { stdout } = await run("wrk", words).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return { stdout: undefined };
    throw error;
  });
  if (stdout === undefined) return undefined;
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk got other answers: ${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

/** Sends the same request always. wrk counts the body, and adds a `Host` unless it finds one of that very name. */
function luaScript(request: Buffer): string {
  const [head = "", body = ""] = request.toString("latin1").split("\r\n\r\n");
  const [line = "", ...headers] = head.split("\r\n");
  const [method = ""] = line.split(" ");
  const pairs = headers.map((header) => header.split(/: (.*)/s));
  return [
    `wrk.method = ${JSON.stringify(method)}`,
    `wrk.body = ${JSON.stringify(body)}`,
    ...pairs
      .filter(([name]) => name !== "content-length")
      .map(
        ([name, value]) => `wrk.headers[${JSON.stringify(name === "host" ? "Host" : name)}] = ${JSON.stringify(value)}`,
      ),
  ].join("\n");
}
