import type { Agent } from "node:http";
import { pipeline } from "node:stream/promises";
import type { RegistryAnswer, RegistryRequest } from "../../services/ecr/index.ts";

const { request, Agent: HttpAgent } = process.getBuiltinModule("node:http");

export interface RegistryClient extends Disposable {
  /** Rejects if the registry cannot be reached. */
  send(asked: RegistryRequest): Promise<RegistryAnswer>;
}

/** Talks to a registry that listens on a Unix socket. Bodies flow as fast as the slower side takes them. */
export function registryClient(socketPath: string): RegistryClient {
  const agent: Agent = new HttpAgent({ keepAlive: true });
  return {
    send({ method, path, headers = {}, body }) {
      return new Promise((resolve, reject) => {
        const options = { socketPath, agent, method, path, headers: { host: "registry", ...headers } };
        const outgoing = request(options, (incoming) => {
          const { statusCode: status = 502 } = incoming;
          resolve({ status, headers: incoming.headers as Record<string, string>, body: incoming });
        });
        outgoing.on("error", reject);
        if (body === undefined || body instanceof Uint8Array) outgoing.end(body);
        else pipeline(body, outgoing).catch(reject);
      });
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
