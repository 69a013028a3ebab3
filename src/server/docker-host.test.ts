import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { EngineAddress } from "../runtime/docker/engine.ts";
import { ConfigError } from "./config-error.ts";
import { readDockerHost } from "./docker-host.ts";

const unix = { sockets: [join(homedir(), ".docker/run/docker.sock"), "/var/run/docker.sock"] };
const pipe = { sockets: ["//./pipe/docker_engine"] };
const certificates = join(homedir(), ".docker");

const cases: readonly [NodeJS.ProcessEnv, EngineAddress, NodeJS.Platform?][] = [
  [{}, unix],
  [{ DOCKER_HOST: "" }, unix],
  [{}, pipe, "win32"],
  [{ DOCKER_HOST: "unix://" }, unix],
  [{ DOCKER_HOST: "unix:///run/user/1000/docker.sock" }, { sockets: ["/run/user/1000/docker.sock"] }],
  [{ DOCKER_HOST: "npipe://" }, pipe],
  [{ DOCKER_HOST: "npipe:////./pipe/other" }, { sockets: ["//./pipe/other"] }],
  [{ DOCKER_HOST: "tcp://192.0.2.1" }, { host: "192.0.2.1", port: 2375 }],
  [{ DOCKER_HOST: "tcp://engine.example:4243/" }, { host: "engine.example", port: 4243 }],
  [{ DOCKER_HOST: "engine.example:4243" }, { host: "engine.example", port: 4243 }],
  [{ DOCKER_HOST: "http://engine.example:4243" }, { host: "engine.example", port: 4243 }],
  [{ DOCKER_HOST: "tcp://[2001:db8::1]:4243" }, { host: "2001:db8::1", port: 4243 }],
  [{ DOCKER_HOST: "tcp://engine.example:2376" }, { host: "engine.example", port: 2376, certificates }],
  [
    { DOCKER_HOST: "tcp://engine.example", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" },
    { host: "engine.example", port: 2376, certificates: "/certs" },
  ],
];
for (const [environment, expected, platform] of cases) {
  test(`readDockerHost reads ${JSON.stringify(environment)} on ${platform ?? "this machine"}`, () => {
    assert.deepEqual(readDockerHost(environment, platform ?? "linux"), expected);
  });
}

const refused: readonly [string, RegExp][] = [
  [
    "ssh://user:password@engine.example",
    /^Cannot use DOCKER_HOST with ssh:\/\/: forward the Engine's socket \(ssh -L /,
  ],
  ["fd://", /^Cannot use DOCKER_HOST with fd:\/\/: it must begin with unix:\/\/, npipe:\/\/ or tcp:\/\/$/],
  ["tcp://", /must be of the form tcp:\/\/host:port/],
  ["tcp://user:password@engine.example", /must be of the form/],
  ["tcp://engine.example:port", /must be of the form/],
  ["tcp://engine.example/prefix", /must be of the form/],
];
for (const [host, message] of refused) {
  test(`readDockerHost refuses ${host} without quoting it`, () => {
    assert.throws(
      () => readDockerHost({ DOCKER_HOST: host }),
      (error: Error) =>
        error instanceof ConfigError && message.test(error.message) && !error.message.includes("password"),
    );
  });
}
