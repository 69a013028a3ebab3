import { Agent, request } from "node:http";
import { signedHead, type Target } from "../signed-request.ts";

/** Bodies of PutLogEvents that are sent at a time. */
const atOnce = 8;

/** Sends each body, several at a time. Rejects at the first answer that is not a 200. */
export async function putAll(target: Target, bodies: Iterable<Buffer>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const iterator = bodies[Symbol.iterator]();
  async function sender(): Promise<void> {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await put(agent, target, next.value);
  }
  await Promise.all(Array.from({ length: atOnce }, sender));
  agent.destroy();
}

function put(agent: Agent, target: Target, body: Buffer): Promise<void> {
  const head = signedHead(target, "logs", "Logs_20140328.PutLogEvents", body).toString("latin1");
  const headers = Object.fromEntries(
    head
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(/: (.*)/s).slice(0, 2)),
  );
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port: target.port, host: "127.0.0.1", method: "POST", headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode} ${text}`)),
      );
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
