import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Config } from "../../server/config.ts";
import { readAddress } from "../../server/data-directory.ts";
import { type Check, fails, partly, works } from "./check.ts";

const leastNode = 24;

export function node(): Check {
  const { version, execPath } = process;
  const detail = `Node.js ${version} (${execPath})`;
  if (Number.parseInt(version.slice(1), 10) >= leastNode) return works("node", detail);
  return fails("node", detail, `Install Node.js ${leastNode} or newer.`);
}

/** The directory may not be there yet; the nearest one that is must then take it. */
export async function dataDirectory({ data }: Config): Promise<Check> {
  try {
    const directory = await nearest(resolve(data));
    await access(directory, constants.R_OK | constants.W_OK);
    // Fails where it is a file.
    await readdir(directory);
    return works("data", `Everything is kept in ${data}`);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return fails(
      "data",
      `${data} cannot be written (${code})`,
      "Choose another --data, or change who may write there.",
    );
  }
}

async function nearest(path: string): Promise<string> {
  return path === dirname(path) || (await isThere(path)) ? path : nearest(dirname(path));
}

function isThere(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/** Free, or taken by the Sealift of this data directory. */
export async function port({ host, port, data }: Config): Promise<Check> {
  const code = await new Promise<string | undefined>((done) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => done(code));
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
  const where = `${host}:${port}`;
  if (code === undefined) return works("port", `${where} is free`);
  const own = readAddress(data)?.endpoint;
  if (code === "EADDRINUSE" && own !== undefined && (await answers(own)))
    return works("port", `Sealift runs on ${own}`);
  return fails(
    "port",
    `Nothing can listen on ${where} (${code})`,
    "Choose another --port or --host, or end what listens there.",
  );
}

async function answers(endpoint: string): Promise<boolean> {
  const answer = await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).catch(() => undefined); // nobody is there
  return answer?.headers.has("x-amzn-requestid") ?? false;
}

/** Programs that some features need, by what needs them. */
const programs = [
  [
    "registry",
    ["docker-registry", "registry"],
    "`sealift up --registry` (Amazon ECR)",
    "apt-get install docker-registry",
  ],
  [
    "aws-cli",
    ["aws"],
    "the journey of the README",
    "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  ],
  [
    "session-manager-plugin",
    ["session-manager-plugin"],
    "`aws ecs execute-command`; `sealift exec` does without",
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
  ],
] as const;

export async function otherPrograms(): Promise<readonly Check[]> {
  return Promise.all(
    programs.map(async ([id, names, need, source]) => {
      const found = await firstOnPath(names);
      if (found !== undefined) return works(id, found);
      return partly(id, `${names.join(" or ")} is not on the PATH; it is for ${need}`, `Install it: ${source}`);
    }),
  );
}

async function firstOnPath(names: readonly string[]): Promise<string | undefined> {
  for (const directory of (process.env.PATH ?? "").split(delimiter).filter((entry) => entry !== "")) {
    for (const name of names) {
      const path = join(directory, name);
      if (await isThere(path, constants.X_OK)) return path;
    }
  }
  return undefined;
}
