import { ConfigError, dataDirectory } from "../server/config.ts";
import { runningInstallation } from "./installation.ts";

export interface ConnectionFlags {
  readonly data?: string;
  readonly endpoint?: string;
  readonly region?: string;
}

/** How the clients of AWS's SDK reach a Sealift. */
export interface Connection {
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Waits for the answer. Throws a `ConfigError` if nothing listens there. */
  reached<T>(answer: Promise<T>): Promise<T>;
}

/** As root of an installation of this machine, or with the credentials of the usual AWS places at an endpoint. */
export function connect({ endpoint, region, ...flags }: ConnectionFlags): Connection {
  if (endpoint === undefined) {
    const { reached, ...installation } = runningInstallation(dataDirectory(flags, process.env));
    return { config: { ...installation, ...(region !== undefined && { region }) }, reached };
  }
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError(`Cannot use endpoint "${endpoint}": it must be a URL such as http://192.0.2.1:4566`);
  }
  return { config: { endpoint, region: region ?? "us-east-1" }, reached: (answer) => answer };
}
