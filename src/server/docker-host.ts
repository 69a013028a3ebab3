import { homedir } from "node:os";
import { join } from "node:path";
import type { EngineAddress } from "../runtime/docker/engine.ts";
import { ConfigError } from "./config-error.ts";

const defaultPipe = "//./pipe/docker_engine";
const schemes = "unix://, npipe:// or tcp://";

/**
 * Reads the Engine's address from the docker CLI's variables: `DOCKER_HOST`, `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`.
 * Throws `ConfigError`, which does not quote the address: it may hold a password.
 * https://docs.docker.com/reference/cli/docker/#environment-variables
 */
export function readDockerHost(environment: NodeJS.ProcessEnv, platform = process.platform): EngineAddress {
  const { DOCKER_HOST: host = "" } = environment;
  if (host === "") return { sockets: defaultSockets(platform) };
  const [, scheme = "tcp", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(host) ?? [];
  switch (scheme.toLowerCase()) {
    case "unix":
      return { sockets: rest === "" ? defaultSockets(platform) : [rest] };
    case "npipe":
      return { sockets: [rest === "" ? defaultPipe : rest] };
    case "tcp":
    case "http":
      return tcpAddress(rest, environment);
    case "ssh":
      throw new ConfigError(
        "Cannot use DOCKER_HOST with ssh://: forward the Engine's socket (ssh -L /tmp/docker.sock:/var/run/docker.sock) and name that with unix://",
      );
    default:
      throw new ConfigError(`Cannot use DOCKER_HOST with ${scheme}://: it must begin with ${schemes}`);
  }
}

/** Docker Desktop's socket, which is the user's, comes before the machine's. */
function defaultSockets(platform: NodeJS.Platform): readonly string[] {
  return platform === "win32" ? [defaultPipe] : [join(homedir(), ".docker/run/docker.sock"), "/var/run/docker.sock"];
}

function tcpAddress(authority: string, environment: NodeJS.ProcessEnv): EngineAddress {
  const url = URL.canParse(`tcp://${authority}`) ? new URL(`tcp://${authority}`) : undefined;
  if (!url?.hostname || url.username !== "" || !["", "/"].includes(url.pathname)) {
    throw new ConfigError("Cannot use DOCKER_HOST: it must be of the form tcp://host:port");
  }
  const { DOCKER_TLS_VERIFY: verify = "", DOCKER_CERT_PATH: certificates = "" } = environment;
  const isSecure = verify !== "" || url.port === "2376";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (!isSecure) return { host, port: Number(url.port || "2375") };
  return {
    host,
    port: Number(url.port || "2376"),
    certificates: certificates === "" ? join(homedir(), ".docker") : certificates,
  };
}
