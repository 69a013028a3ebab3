import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type CliResult, preforked } from "./aws-prefork.ts";

/** A server, and the credentials of a caller. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An aws CLI of this machine. */
export interface AwsCli {
  readonly path: string;
  /** Such as `1.45.11`. */
  readonly version: string;
}

/** Runs the CLI and resolves to its JSON output, or `undefined` without output. Rejects with `AwsCliError`. */
export type Aws = <Output = unknown>(...words: readonly string[]) => Promise<Output>;

/** The server refused the call, or the CLI did before it called. */
export class AwsCliError extends Error {
  override readonly name = "AwsCliError";
  /** AWS's error code, or the empty string. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const run = promisify(execFile);

let all: Promise<readonly AwsCli[]> | undefined;

/** Every aws CLI on the PATH, each version once. `aws2` is where some keep version 2 beside version 1. */
export function findAwsClis(): Promise<readonly AwsCli[]> {
  all ??= look();
  return all;
}

async function look(): Promise<readonly AwsCli[]> {
  // A run of all tests looks once: to ask one for its version takes a second of the processor.
  const known = process.env.SEALIFT_TEST_AWS;
  if (known !== undefined) return JSON.parse(known);
  const found = new Map<string, AwsCli>();
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of ["aws", "aws2"]) {
      const path = join(directory, name);
      const version = await versionOf(path);
      if (version !== undefined && !found.has(version)) found.set(version, { path, version });
    }
  }
  return [...found.values()];
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout, stderr } = await run(path, ["--version"]);
    return /aws-cli\/(\S+)/.exec(stdout + stderr)?.[1];
  } catch {
    return undefined; // the file is missing, or is not a program
  }
}

/**
 * Points the CLI at a server as `sealift env` does. The CLI reads nothing of the machine's own AWS configuration. The
 * variables of `instead` replace the caller's credentials.
 */
export function awsCli(cli: AwsCli, access: AwsAccess, instead?: Readonly<Record<string, string>>): Aws {
  const env = awsEnvironment(access, instead);
  const flags = ["--output", "json", ...endpointFlags(cli, access)];
  return async <Output>(...words: readonly string[]) => {
    const { code, stdout, stderr } = await call(cli, [...words, ...flags], env);
    if (code !== 0) throw errorOf(stderr.trim());
    return (stdout.trim() === "" ? undefined : JSON.parse(stdout)) as Output;
  };
}

/** The CLI's flags for what it does not read from the environment. */
export function endpointFlags(cli: AwsCli, { endpoint }: AwsAccess): readonly string[] {
  return knowsEndpointUrl(cli) ? [] : ["--endpoint-url", endpoint];
}

/** The CLI's environment, as `sealift env` makes it. */
export function awsEnvironment(
  { endpoint, region, credentials }: AwsAccess,
  instead?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey } = credentials;
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    AWS_ENDPOINT_URL: endpoint,
    ...(!instead && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    AWS_DEFAULT_REGION: region,
    AWS_DISABLE_HOST_PREFIX_INJECTION: "true",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    ...instead,
  };
}

async function call(
  { path, version }: AwsCli,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CliResult> {
  const prefork = version.startsWith("1.") ? await preforked(path) : undefined;
  if (prefork) return prefork(words, env);
  try {
    return { code: 0, ...(await run(path, words, { env, maxBuffer: 16 * 1024 * 1024 })) };
  } catch (error) {
    const { stderr, stdout = "" } = error as { readonly stderr?: string; readonly stdout?: string };
    if (stderr === undefined) throw error;
    return { code: 1, stdout, stderr };
  }
}

/** True if the CLI heeds AWS_ENDPOINT_URL: version 1 from 1.29 on, version 2 from 2.13 on. */
export function knowsEndpointUrl({ version }: AwsCli): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || minor >= (major === 1 ? 29 : 13);
}

function errorOf(text: string): AwsCliError {
  const answered = /An error occurred \((\S+)\) when calling the \S+ operation[^:]*: ?([\s\S]*)/.exec(text);
  return new AwsCliError(answered?.[1] ?? "", answered?.[2] ?? text);
}
