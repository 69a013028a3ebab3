import { execFile } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Service } from "@aws-sdk/client-ecs";
import type { AwsAccess } from "../support/aws-cli.ts";
import { type Clients, clientsOf } from "../support/clients.ts";
import { sealiftProgram } from "../support/program.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const run = promisify(execFile);
export const root = join(import.meta.dirname, "../..");

export interface Example extends AsyncDisposable {
  readonly sealift: Sealift;
  readonly clients: Clients;
  /** Runs a script of the example, as its README says. */
  script(name: string): Promise<string>;
  /** Resolves once the services have one complete deployment. */
  stable(...services: readonly string[]): Promise<readonly Service[]>;
}

/** The variables of a terminal after `eval "$(sealift env)"`. */
export function environmentOf({ endpoint, region, credentials }: AwsAccess): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_PAGER: "",
  };
}

/** A Sealift with the Docker Engine, and a terminal in the folder of an example. */
export async function openExample(name: string): Promise<Example> {
  const resources = new AsyncDisposableStack();
  try {
    const home = resources.use(await throwAwayDirectory());
    const bin = join(home.path, "bin");
    await mkdir(bin);
    await symlink(sealiftProgram, join(bin, "sealift"));
    const sealift = resources.use(await startSealift({ runtime: "docker" }));
    const clients = clientsOf(sealift);
    const env = {
      ...environmentOf(sealift),
      ...{ PATH: `${bin}:${process.env.PATH}`, HOME: home.path, SEALIFT_DATA: sealift.data },
    };
    return {
      sealift,
      clients,
      async script(file) {
        const { stdout } = await run(join(root, "examples", name, file), [], { env, cwd: home.path });
        return stdout;
      },
      stable: (...services) => stable(clients, services),
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

function stable({ ecs }: Clients, names: readonly string[]): Promise<readonly Service[]> {
  let last: readonly Service[] = [];
  const isStable = async () => {
    const { services = [] } = await ecs.describeServices({ services: [...names] });
    last = services;
    return services.every(
      ({ deployments = [], runningCount, desiredCount }) =>
        deployments.length === 1 && deployments[0]?.rolloutState === "COMPLETED" && runningCount === desiredCount,
    )
      ? services
      : undefined;
  };
  const detail = () => JSON.stringify(last.map(({ events, deployments }) => [events?.slice(0, 3), deployments]));
  return until(`${names.join(" and ")} are stable`, isStable, { seconds: 120, pause: 300, detail });
}
