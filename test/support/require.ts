import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findAwsClis } from "./aws-cli.ts";
import { findChromium } from "./chromium.ts";
import { findDocker } from "./docker.ts";
import { hasPythonCryptography } from "./python-cryptography.ts";

const run = promisify(execFile);

async function isProgram(name: string): Promise<boolean> {
  try {
    await run(name, ["--version"]);
    return true;
  } catch {
    return false;
  }
}

/** A requirement of some tests that not every machine meets. */
export type Need = keyof typeof needs;

const needs = {
  docker: {
    missing: "no Docker Engine answers (DOCKER_HOST or Docker's default socket)",
    isThere: async () => (await findDocker()) !== undefined,
  },
  aws: {
    missing: "the aws CLI is not on the PATH",
    isThere: async () => (await findAwsClis()).length > 0,
  },
  plugin: {
    missing: "AWS's session-manager-plugin is not on the PATH",
    isThere: () => isProgram("session-manager-plugin"),
  },
  registry: {
    missing: "the CNCF Distribution registry is not on the PATH (docker-registry or registry)",
    isThere: async () => (await isProgram("docker-registry")) || isProgram("registry"),
  },
  chromium: {
    missing:
      "Chromium is not on the PATH (Debian's chromium-headless-shell or chromium, or what SEALIFT_CHROMIUM names)",
    isThere: async () => findChromium() !== undefined,
  },
  terraform: {
    missing: "terraform is not on the PATH",
    isThere: () => isProgram("terraform"),
  },
  cryptography: {
    missing: "python3 has no module cryptography",
    isThere: hasPythonCryptography,
  },
  postgres: {
    missing: "PostgreSQL is not there: SEALIFT_TEST_POSTGRES names no server",
    isThere: async () => process.env.SEALIFT_TEST_POSTGRES !== undefined,
  },
} as const;

/**
 * The reason to skip a test, for `test(name, { skip })`; `false` if the machine meets its needs. Rejects if `SEALIFT_REQUIRE`
 * (`docker,aws,postgres,registry`) lists a need that is not met.
 */
export async function skipUnless(...wanted: readonly Need[]): Promise<string | false> {
  const required = (process.env.SEALIFT_REQUIRE ?? "").split(",");
  const reasons: string[] = [];
  for (const need of wanted) {
    const { missing, isThere } = needs[need];
    if (await isThere()) continue;
    if (required.includes(need)) throw new Error(`SEALIFT_REQUIRE asks for ${need}, but ${missing}`);
    reasons.push(missing);
  }
  return reasons.length > 0 && reasons.join("; ");
}
