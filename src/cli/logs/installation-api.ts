import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ECS } from "@aws-sdk/client-ecs";
import { ConfigError, dataDirectory } from "../../server/config.ts";
import { runningInstallation } from "../installation.ts";
import { type ReachedAt, signedPost } from "../signed-post.ts";

/** A Sealift, as a caller reaches it. */
export interface InstallationApi extends Disposable {
  readonly ecs: ECS;
  /** With `masking`, messages come with the secret values masked. */
  cloudWatch(region: string, masking: boolean): Promise<CloudWatchLogs>;
  /** Posts to one of Sealift's own paths. */
  post(path: string, input: object): Promise<{ readonly status: number; readonly body: string }>;
  /** Waits for the first answer; throws a `ConfigError` where nobody answers. */
  reached<T>(answer: Promise<T>): Promise<T>;
}

/** As root of an installation of this machine, or with the credentials of the usual AWS places at `endpoint`. */
export function connectInstallation(flags: {
  readonly data?: string;
  readonly endpoint?: string;
  readonly region?: string;
}): InstallationApi {
  const { endpoint, region = "us-east-1", ...rest } = flags;
  if (endpoint === undefined) {
    const installation = runningInstallation(dataDirectory(rest, process.env));
    return installationApi(installation, installation.reached);
  }
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError(`Cannot use endpoint "${endpoint}": it must be a URL such as http://192.0.2.1:4566`);
  }
  const { credentials } = new ECS({ region }).config;
  return installationApi({ endpoint, region, credentials }, (answer) => answer);
}

export function installationApi(at: ReachedAt, reached: InstallationApi["reached"]): InstallationApi {
  const { endpoint, credentials } = at;
  const ecs = new ECS(at);
  const clients = new Map<string, CloudWatchLogs>();
  return {
    ecs,
    reached,
    async cloudWatch(region, masking) {
      const key = `${region} ${masking}`;
      const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
      const client = clients.get(key) ?? new CloudWatchLogs({ endpoint, credentials, region });
      if (masking && !clients.has(key)) {
        client.middlewareStack.add(
          (next) => (args) => {
            Object.assign((args.request as { readonly headers: object }).headers, { "x-sealift-masking": "on" });
            return next(args);
          },
          { step: "build", name: "sealiftMasking" },
        );
      }
      clients.set(key, client);
      return client;
    },
    post: (path, input) => signedPost(at, "ecs", path, input),
    [Symbol.dispose]() {
      ecs.destroy();
      for (const client of clients.values()) client.destroy();
    },
  };
}
