import { ConfigError } from "../server/config.ts";
import { readAccessKey, readAddress } from "../server/data-directory.ts";
import { trustAuthorities } from "../server/tls.ts";

/** A running Sealift, as its root user reaches it. */
export interface Installation {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Waits for the answer. Throws a `ConfigError` if nothing listens at the endpoint. */
  reached<T>(answer: Promise<T>): Promise<T>;
}

/** Reads the installation of a data directory. Throws `ConfigError` if none was ever started on it. */
export function runningInstallation(data: string): Installation {
  const credentials = readAccessKey(data);
  const address = readAddress(data);
  if (!credentials || !address) throw new ConfigError(`Cannot find a Sealift in ${data}: start it with "sealift up"`);
  if (address.caCert !== undefined) trustAuthorities(address.caCert);
  return {
    ...address,
    credentials,
    reached: (answer) =>
      answer.catch((error: NodeJS.ErrnoException & { cause?: { code?: string } }) => {
        if (error.code !== "ECONNREFUSED" && error.cause?.code !== "ECONNREFUSED") throw error;
        const where = `the Sealift of ${data} at ${address.endpoint}`;
        throw new ConfigError(`Cannot reach ${where}: start it with "sealift up"`, { cause: error });
      }),
  };
}
