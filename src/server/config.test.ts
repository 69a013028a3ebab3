import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Config, ConfigError, type Flags, readConfig } from "./config.ts";

const invocation = "http://h:1/2015-03-31/functions/function/invocations";
const defaults: Config = {
  host: "127.0.0.1",
  port: 4566,
  data: join(homedir(), ".sealift"),
  runtime: "auto",
  docker: { sockets: [join(homedir(), ".docker/run/docker.sock"), "/var/run/docker.sock"] },
  imagePullBehavior: "prefer-cached",
  region: "us-east-1",
  account: "000000000000",
  dev: false,
  console: true,
  throwAway: false,
  insecureHttp: false,
  agent: true,
  endpointEnv: true,
  taskEndpoint: "auto",
  rootKey: { kind: "directory" },
  lambdas: new Map(),
  auditRetention: { age: 90 * 24 * 60 * 60 * 1000 },
  strictResources: false,
  denyPlaintextSecrets: false,
  cleanupWait: 10_800_000,
};

test("readConfig takes flags before variables before defaults", () => {
  const database = "postgres://user:p%40ss@db.example/sealift?sslmode=require";
  const cases: readonly (readonly [Flags, NodeJS.ProcessEnv, Partial<Config>])[] = [
    [{}, {}, {}],
    [{ host: "0.0.0.0" }, { SEALIFT_HOST: "::1" }, { host: "0.0.0.0" }],
    [{}, { SEALIFT_HOST: "::1" }, { host: "::1" }],
    [{}, { SEALIFT_HOST: "" }, {}],
    [{ host: "" }, { SEALIFT_HOST: "::1" }, { host: "::1" }],
    [{ port: "0" }, { SEALIFT_PORT: "1" }, { port: 0 }],
    [{}, { SEALIFT_PORT: "65535" }, { port: 65_535 }],
    [{}, { SEALIFT_PORT: "" }, {}],
    [{ data: "/a" }, { SEALIFT_DATA: "/b" }, { data: "/a" }],
    [{}, { SEALIFT_DATA: "/b" }, { data: "/b" }],
    [{ database }, { SEALIFT_DATABASE: "postgres://other" }, { database }],
    [
      {},
      { SEALIFT_DATABASE: "postgresql:///sealift?host=/run/postgresql" },
      { database: "postgresql:///sealift?host=/run/postgresql" },
    ],
    [{}, { SEALIFT_DATABASE: "" }, {}],
    [{ runtime: "docker" }, { SEALIFT_RUNTIME: "process" }, { runtime: "docker" }],
    [{}, { SEALIFT_RUNTIME: "process" }, { runtime: "process" }],
    [{ imagePullBehavior: "always" }, { SEALIFT_IMAGE_PULL_BEHAVIOR: "once" }, { imagePullBehavior: "always" }],
    [{}, { SEALIFT_IMAGE_PULL_BEHAVIOR: "default" }, { imagePullBehavior: "default" }],
    [{ region: "eu-central-1" }, { AWS_REGION: "us-west-2" }, { region: "eu-central-1" }],
    [{}, { SEALIFT_REGION: "eu-central-1", AWS_REGION: "us-west-2" }, { region: "eu-central-1" }],
    [{}, { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-east-2" }, { region: "us-west-2" }],
    [{}, { AWS_DEFAULT_REGION: "us-gov-west-1" }, { region: "us-gov-west-1" }],
    [{ account: "123456789012" }, { SEALIFT_ACCOUNT: "210987654321" }, { account: "123456789012" }],
    [{ dev: true }, {}, { dev: true }],
    [{ dev: true, host: "localhost" }, {}, { dev: true, host: "localhost" }],
    [{ dev: true, host: "127.1.2.3" }, {}, { dev: true, host: "127.1.2.3" }],
    [{}, { SEALIFT_DEV: "1" }, { dev: true }],
    [{ dev: false }, { SEALIFT_DEV: "1" }, {}],
    [{}, { SEALIFT_DEV: "0" }, {}],
    [{ agent: false }, {}, { agent: false }],
    [{}, { DOCKER_HOST: "tcp://engine.example:4243" }, { docker: { host: "engine.example", port: 4243 } }],
    [{ agent: false }, { DOCKER_HOST: "ssh://engine.example" }, { agent: false }],
    [{ runtime: "process" }, { DOCKER_HOST: "ssh://engine.example" }, { runtime: "process" }],
    [
      { lambda: ["a=http://h:1", "b=https://h/own"] },
      {},
      {
        lambdas: new Map([
          ["a", invocation],
          ["b", "https://h/own"],
        ]),
      },
    ],
    [{ publicUrl: "https://h.example.com/base/" }, {}, { publicUrl: "https://h.example.com/base" }],
    [{}, { SEALIFT_PUBLIC_URL: "http://h:4566" }, { publicUrl: "http://h:4566" }],
    [{ s3Endpoint: "http://h:9000/" }, {}, { s3Endpoint: "http://h:9000" }],
    [{}, { SEALIFT_S3_ENDPOINT: "http://h:1", AWS_ENDPOINT_URL_S3: "http://h:2" }, { s3Endpoint: "http://h:1" }],
    [{}, { AWS_ENDPOINT_URL_S3: "http://h:2" }, { s3Endpoint: "http://h:2" }],
    [{ awslogsEndpoint: "aws" }, {}, { awslogsEndpoint: "aws" }],
    [{}, { SEALIFT_AWSLOGS_ENDPOINT: "http://h:4566/" }, { awslogsEndpoint: "http://h:4566" }],
    [{}, { SEALIFT_LAMBDA: "a=http://h:1" }, { lambdas: new Map([["a", invocation]]) }],
  ];
  for (const [flags, environment, expected] of cases) {
    const { docker, ...others } = { ...defaults, ...expected };
    const wantsDocker = others.agent && others.runtime !== "process";
    assert.deepEqual(
      readConfig(flags, environment),
      { ...others, ...(wantsDocker && { docker }) },
      JSON.stringify([flags, environment]),
    );
  }
});

test("readConfig says what it cannot use", () => {
  const dev = (host: string) =>
    `Cannot listen on "${host}" with --dev: its key pair test/test is known to everyone, so only a loopback address will do`;
  const port = (text: string) => `Cannot use port "${text}": it must be a number from 0 to 65535`;
  const cases: readonly (readonly [Flags, NodeJS.ProcessEnv, string])[] = [
    [{ dev: true, host: "0.0.0.0" }, {}, dev("0.0.0.0")],
    [{ dev: true }, { SEALIFT_HOST: "::" }, dev("::")],
    [{ dev: true, host: "127.0.0.1.example" }, {}, dev("127.0.0.1.example")],
    [{ host: "sealift.example" }, { SEALIFT_DEV: "1" }, dev("sealift.example")],
    [{ port: "65536" }, {}, port("65536")],
    [{ port: "-1" }, {}, port("-1")],
    [{ port: "0x50" }, {}, port("0x50")],
    [{}, { SEALIFT_PORT: "80 " }, port("80 ")],
    [{}, { DOCKER_HOST: "fd://" }, "Cannot use DOCKER_HOST with fd://: it must begin with unix://, npipe:// or tcp://"],
    [
      { imagePullBehavior: "never" },
      {},
      'Cannot use image pull behavior "never": it must be one of default, always, once, prefer-cached',
    ],
    [{ runtime: "podman" }, {}, 'Cannot use runtime "podman": it must be auto, docker or process'],
    [{ s3Endpoint: "h:9000" }, {}, "Cannot use this --s3-endpoint: it must be of the form http://127.0.0.1:9000"],
    [
      { awslogsEndpoint: "h:4566" },
      {},
      "Cannot use this --awslogs-endpoint: it must be of the form http://192.0.2.1:4566, or aws",
    ],
    ...["ftp://h", "h.example.com", "https://u:p@h", "https://h?a"].map(
      (publicUrl) =>
        [
          { publicUrl },
          {},
          "Cannot use this --public-url: it must be of the form https://sealift.example.com",
        ] as const,
    ),
    [{ region: "mars" }, {}, 'Cannot use region "mars": it must be of the form us-east-1'],
    [{ region: "us-east-1\n" }, {}, 'Cannot use region "us-east-1\n": it must be of the form us-east-1'],
    [{ account: "12345678901" }, {}, 'Cannot use account "12345678901": it must be 12 digits'],
    [{ account: "１23456789012" }, {}, 'Cannot use account "１23456789012": it must be 12 digits'],
  ];
  for (const [flags, environment, message] of cases) {
    assert.throws(() => readConfig(flags, environment), { name: "ConfigError", message }, message);
  }
});

test("readConfig never shows the password of a database's URL", () => {
  const urls = [
    "mysql://user:hunter2@host/db",
    "user:hunter2@host/db",
    "postgres:/user:hunter2@host/db",
    " postgres://user:hunter2@host/db",
    "postgres://user:hunter2@host:port/db",
    "postgres://user:hunter2@[host/db",
  ];
  for (const database of urls) {
    for (const [flags, environment] of [
      [{ database }, {}],
      [{}, { SEALIFT_DATABASE: database }],
    ] as const) {
      assert.throws(
        () => readConfig(flags, environment),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, /^Cannot use this --database: it /);
          assert.doesNotMatch(JSON.stringify({ ...error, text: String(error), stack: error.stack }), /hunter2/);
          return error.cause === undefined;
        },
        database,
      );
    }
  }
});

test("the agent keeps stopped containers as long as AWS's own variable says", () => {
  const wait = (text: string) => readConfig({}, { ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: text }).cleanupWait;
  assert.deepEqual(["", "10s", "1h30m", "90m"].map(wait), [10_800_000, 10_000, 5_400_000, 5_400_000]);
  for (const text of ["0s", "10", "1d", "s", "-1s", "1s1h"])
    assert.throws(() => wait(text), { name: "ConfigError" }, text);
});
