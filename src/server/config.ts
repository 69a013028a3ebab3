import { homedir } from "node:os";
import { join } from "node:path";
import type { TaskEndpointKind } from "../agent/task-metadata/open-place.ts";
import type { Retention } from "../audit/index.ts";
import { defined } from "../defined.ts";
import type { EngineAddress } from "../runtime/docker/engine.ts";
import { type PullBehavior, pullBehaviors } from "../runtime/pull-behavior.ts";
import { readRetention } from "./audit-retention.ts";
import { ConfigError } from "./config-error.ts";
import { readDockerHost } from "./docker-host.ts";
import { type RootKeySource, rootKeySource } from "./root-key/root-key-source.ts";
import type { TlsFiles } from "./tls.ts";

export { ConfigError } from "./config-error.ts";

/** The checked configuration of `sealift up`. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Certificate and private key; plain HTTP if not given. */
  readonly tls?: TlsFiles;
  /** File of authorities that are trusted beside the usual ones. */
  readonly caCert?: string;
  /** True if role credentials may be sent over plain HTTP to other machines. */
  readonly insecureHttp: boolean;
  /** Directory of the database, the keys and the agent's state. */
  readonly data: string;
  /** `postgres://…`; SQLite in the data directory if not given. */
  readonly database?: string;
  /** `auto` is Docker where an Engine answers, else local processes. */
  readonly runtime: "auto" | "docker" | "process";
  /** The Docker Engine's address; absent if the configuration rules Docker out. */
  readonly docker?: EngineAddress;
  /** When an image is pulled that a task needs. */
  readonly imagePullBehavior: PullBehavior;
  readonly region: string;
  readonly account: string;
  readonly dev: boolean;
  /** True if browsers get the console. */
  readonly console: boolean;
  /** True if its root user may empty it, and what its tasks left is deleted when it stops. */
  readonly throwAway: boolean;
  /** True if this machine runs tasks too. */
  readonly agent: boolean;
  /** True if containers are told where the control plane is. */
  readonly endpointEnv: boolean;
  /** Where containers find the task endpoint. */
  readonly taskEndpoint: TaskEndpointKind;
  readonly rootKey: RootKeySource;
  /** URLs of rotation functions, by the name of the Lambda function that each stands for. */
  readonly lambdas: ReadonlyMap<string, string>;
  /** The address at which others reach this installation; absent if the operator gave none. */
  readonly publicUrl?: string;
  /** Where environment files are; Amazon S3 if not given. */
  readonly s3Endpoint?: string;
  /** Where the log driver `awslogs` delivers: a URL, or `aws`; this installation if not given. */
  readonly awslogsEndpoint?: string;
  /** Largest age and size of the audit trail. */
  readonly auditRetention: Retention;
  /** FARGATE tasks are placed only where a machine has the size that they ask for. */
  readonly strictResources: boolean;
  /** A task definition with what looks like a secret in plain text is refused. */
  readonly denyPlaintextSecrets: boolean;
  /** Images are kept here; the port is the one at which Docker reaches them, the server's own if not given. */
  readonly registry?: { readonly port?: number };
  /** Milliseconds for which a stopped task's containers are kept. */
  readonly cleanupWait: number;
}

/** Flags as the command line gives them. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly caCert?: string;
  readonly insecureHttp?: boolean;
  readonly data?: string;
  readonly database?: string;
  readonly runtime?: string;
  readonly imagePullBehavior?: string;
  readonly region?: string;
  readonly account?: string;
  readonly dev?: boolean;
  readonly console?: boolean;
  readonly throwAway?: boolean;
  readonly agent?: boolean;
  readonly endpointEnv?: boolean;
  readonly taskEndpoint?: string;
  readonly lambda?: readonly string[];
  readonly publicUrl?: string;
  readonly s3Endpoint?: string;
  readonly awslogsEndpoint?: string;
  readonly strictResources?: boolean;
  readonly denyPlaintextSecrets?: boolean;
  /** `true`, or a port. */
  readonly registry?: string | boolean;
  readonly auditMaxAge?: string;
  readonly auditMaxSize?: string;
  readonly rootKeyFile?: string;
  /** The passphrase as it was typed. */
  readonly passphrase?: string;
}

const defaultPort = 4566;
/** Days, as AWS keeps its event history. */
const defaultAuditAge = "90";
const threeHours = 3 * 60 * 60 * 1000;

/** Takes each setting from a flag, a `SEALIFT_*` variable or the default, in this order. Throws `ConfigError`. */
export function readConfig(flags: Flags, environment: NodeJS.ProcessEnv): Config {
  const host = given(flags.host, environment.SEALIFT_HOST) ?? "127.0.0.1";
  const dev = flags.dev ?? environment.SEALIFT_DEV === "1";
  if (dev && !isLoopback(host)) {
    throw new ConfigError(
      `Cannot listen on "${host}" with --dev: its key pair test/test is known to everyone, so only a loopback address will do`,
    );
  }
  const agent = flags.agent ?? true;
  const runtime = readRuntime(given(flags.runtime, environment.SEALIFT_RUNTIME) ?? "auto");
  const database = given(flags.database, environment.SEALIFT_DATABASE);
  const caCert = given(flags.caCert, environment.SEALIFT_CA_CERT);
  const publicUrl = given(flags.publicUrl, environment.SEALIFT_PUBLIC_URL);
  const s3Endpoint = given(flags.s3Endpoint, environment.SEALIFT_S3_ENDPOINT, environment.AWS_ENDPOINT_URL_S3);
  const awslogsEndpoint = given(flags.awslogsEndpoint, environment.SEALIFT_AWSLOGS_ENDPOINT);
  const region = given(
    flags.region,
    environment.SEALIFT_REGION,
    environment.AWS_REGION,
    environment.AWS_DEFAULT_REGION,
  );
  return {
    host,
    port: readPort(given(flags.port, environment.SEALIFT_PORT) ?? String(defaultPort)),
    data: dataDirectory(flags, environment),
    runtime,
    ...defined({
      database: database === undefined ? undefined : readDatabase(database),
      tls: readTls(
        given(flags.tlsCert, environment.SEALIFT_TLS_CERT),
        given(flags.tlsKey, environment.SEALIFT_TLS_KEY),
      ),
      caCert,
      publicUrl:
        publicUrl === undefined ? undefined : readUrl("--public-url", publicUrl, "https://sealift.example.com"),
      s3Endpoint: s3Endpoint === undefined ? undefined : readUrl("--s3-endpoint", s3Endpoint, "http://127.0.0.1:9000"),
      registry: readRegistry(flags.registry ?? environment.SEALIFT_REGISTRY),
      awslogsEndpoint:
        awslogsEndpoint === undefined || awslogsEndpoint === "aws"
          ? awslogsEndpoint
          : readUrl("--awslogs-endpoint", awslogsEndpoint, "http://192.0.2.1:4566, or aws"),
      docker: agent && runtime !== "process" ? readDockerHost(environment) : undefined,
    }),
    imagePullBehavior: readPullBehavior(
      given(flags.imagePullBehavior, environment.SEALIFT_IMAGE_PULL_BEHAVIOR) ?? "prefer-cached",
    ),
    region: readRegion(region ?? "us-east-1"),
    account: readAccount(given(flags.account, environment.SEALIFT_ACCOUNT) ?? "000000000000"),
    dev,
    console: (flags.console ?? true) && environment.SEALIFT_CONSOLE !== "0",
    throwAway: flags.throwAway ?? environment.SEALIFT_THROW_AWAY === "1",
    insecureHttp: flags.insecureHttp ?? environment.SEALIFT_INSECURE_HTTP === "1",
    agent,
    taskEndpoint: readTaskEndpoint(given(flags.taskEndpoint, environment.SEALIFT_TASK_ENDPOINT) ?? "auto"),
    endpointEnv: (flags.endpointEnv ?? true) && environment.SEALIFT_ENDPOINT_ENV !== "0",
    rootKey: rootKeySource(
      {
        file: flags.rootKeyFile,
        passphrase: flags.passphrase,
        fileFlag: "--root-key-file",
        passphraseFlag: "--passphrase",
        prefix: "SEALIFT_",
      },
      environment,
    ),
    lambdas: readLambdas(flags.lambda ?? environment.SEALIFT_LAMBDA?.split(",") ?? []),
    auditRetention: readRetention(
      given(flags.auditMaxAge, environment.SEALIFT_AUDIT_MAX_AGE) ?? defaultAuditAge,
      given(flags.auditMaxSize, environment.SEALIFT_AUDIT_MAX_SIZE),
    ),
    strictResources: flags.strictResources ?? environment.SEALIFT_STRICT_RESOURCES === "1",
    denyPlaintextSecrets: flags.denyPlaintextSecrets ?? environment.SEALIFT_DENY_PLAINTEXT_SECRETS === "1",
    cleanupWait: readCleanupWait(environment.ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION),
  };
}

/** Throws where others would send credentials and secrets over plain HTTP, and nobody said that they may. */
export function refusePlainHttp({ host, tls, insecureHttp }: Pick<Config, "host" | "tls" | "insecureHttp">): void {
  if (isLoopback(host) || tls || insecureHttp) return;
  throw new ConfigError(
    `Cannot listen on "${host}" over plain http: secrets and role credentials could be read on their way; give --tls-cert and --tls-key, or say --insecure-http (behind a proxy that has TLS, say)`,
  );
}

function readTls(certFile: string | undefined, keyFile: string | undefined): TlsFiles | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile === undefined && keyFile === undefined) return undefined;
  throw new ConfigError("Cannot use --tls-cert and --tls-key one without the other");
}

export function dataDirectory(flags: Pick<Flags, "data">, environment: NodeJS.ProcessEnv): string {
  return given(flags.data, environment.SEALIFT_DATA) ?? join(homedir(), ".sealift");
}

/** The first value that is not empty. An empty host must not count: the server would listen on every address. */
function given(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== "");
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new ConfigError(`Cannot use port "${text}": it must be a number from 0 to 65535`);
  return port;
}

/** `1` stands for the flag without a port. */
function readRegistry(value: string | boolean | undefined): Config["registry"] {
  if (value === undefined || value === false || value === "" || value === "0") return undefined;
  return value === true || value === "1" ? {} : { port: readPort(value) };
}

function readDatabase(url: string): string {
  // The URL itself may hold a password, and is never shown.
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new ConfigError("Cannot use this --database: it must begin with postgres://");
  }
  if (!URL.canParse(url)) {
    throw new ConfigError(
      "Cannot use this --database: it is not a URL; special characters of its password must be percent-encoded",
    );
  }
  return url;
}

/** The path of the runtime interface emulator, for URLs that name no path. */
const invocationPath = "/2015-03-31/functions/function/invocations";

function readLambdas(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts
      .filter((text) => text !== "")
      .map((text) => {
        const [, name, url = ""] = /^([\w-]{1,64})=(https?:\/\/\S+)$/.exec(text) ?? [];
        if (name === undefined || !URL.canParse(url)) {
          throw new ConfigError(`Cannot use --lambda "${text}": it must be of the form name=http://host:port`);
        }
        const parsed = new URL(url);
        if (parsed.pathname === "/") parsed.pathname = invocationPath;
        return [name, parsed.href] as const;
      }),
  );
}

/** Without a slash at its end. */
function readUrl(flag: string, text: string, example: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  // The URL may hold a password, and is never shown.
  throw new ConfigError(`Cannot use this ${flag}: it must be of the form ${example}`);
}

function readTaskEndpoint(kind: string): TaskEndpointKind {
  if (kind === "auto" || kind === "link-local" || kind === "loopback") return kind;
  throw new ConfigError(`Cannot use --task-endpoint "${kind}": it must be auto, link-local or loopback`);
}

function readPullBehavior(text: string): PullBehavior {
  const found = pullBehaviors.find((behavior) => behavior === text);
  if (found) return found;
  throw new ConfigError(`Cannot use image pull behavior "${text}": it must be one of ${pullBehaviors.join(", ")}`);
}

function readRuntime(text: string): Config["runtime"] {
  if (text === "auto" || text === "docker" || text === "process") return text;
  throw new ConfigError(`Cannot use runtime "${text}": it must be auto, docker or process`);
}

/**
 * Reads a duration such as `1h30m` or `10s` as milliseconds; three hours unless given. AWS's agent reads the same variable.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
function readCleanupWait(text: string | undefined): number {
  if (text === undefined || text === "") return threeHours;
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  const wait = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  if (wait >= 1000) return wait;
  const form = "it must be a duration of a second or more, such as 1h30m or 10s";
  throw new ConfigError(`Cannot use ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION "${text}": ${form}`);
}

function readRegion(text: string): string {
  if (/^[a-z]{2,}(-[a-z0-9]+)+-\d+$/.test(text)) return text;
  throw new ConfigError(`Cannot use region "${text}": it must be of the form us-east-1`);
}

function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new ConfigError(`Cannot use account "${text}": it must be 12 digits`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
