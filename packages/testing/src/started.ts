import { signedPost } from "../../../src/cli/signed-post.ts";

/** What every Sealift of tests may be told. */
export interface SealiftOptions {
  /** `us-east-1` unless given. */
  readonly region?: string;
  /** Twelve digits; `000000000000` unless given. */
  readonly account?: string;
  /** Further flags of `sealift up`, such as `["--deny-plaintext-secrets"]`. */
  readonly flags?: readonly string[];
  /** Milliseconds that the start may take; 60,000 unless given. */
  readonly startupTimeout?: number;
}

/** A running Sealift. Disposing of it stops it: `await using sealift = await Sealift.start()`. */
export interface StartedSealift extends AsyncDisposable {
  /** Such as `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  /** The root user's, which nothing is denied. They are made for this Sealift. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Configuration for the SDK's clients: `new SecretsManagerClient(sealift.clientConfig)`. */
  readonly clientConfig: Pick<StartedSealift, "endpoint" | "region" | "credentials">;
  /** Variables that point the aws CLI, Terraform and programs with an SDK at this Sealift. */
  readonly environment: Readonly<Record<string, string>>;
  /** Empties it: secrets, parameters, keys, roles, tasks and the audit trail. The credentials stay. */
  reset(): Promise<void>;
  /** Stops it and deletes all that it kept. Further calls do nothing. */
  stop(): Promise<void>;
}

/** What is known of a Sealift that has started. */
export interface Access extends Pick<StartedSealift, "endpoint" | "region" | "account" | "credentials"> {}

export function startedSealift(access: Access, end: () => Promise<void>): StartedSealift {
  const { endpoint, region, credentials } = access;
  let ended: Promise<void> | undefined;
  function stop(): Promise<void> {
    ended ??= end();
    return ended;
  }
  return {
    ...access,
    clientConfig: { endpoint, region, credentials },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
    async reset() {
      const { status, body } = await signedPost({ endpoint, region, credentials }, "ecs", "/_sealift/reset", {});
      if (status !== 200) throw new Error(`Cannot reset the Sealift at ${endpoint}: ${status} ${body}`);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

export function withDefaults(options: SealiftOptions): Required<SealiftOptions> {
  return { region: "us-east-1", account: "000000000000", flags: [], startupTimeout: 60_000, ...options };
}

/** Flags of `sealift up` that all of them have. */
export function flagsOf(options: SealiftOptions): readonly string[] {
  const { region, account, flags } = withDefaults(options);
  return ["--throw-away", "--region", region, "--account", account, ...flags];
}
