import type { ECS } from "@aws-sdk/client-ecs";
import type { SSM } from "@aws-sdk/client-ssm";
import { type Client, openClient } from "../../src/session-manager/client.ts";
import { until } from "./until.ts";

/** A session of ExecuteCommand, with the client that people without AWS's plugin have. */
export interface TestSession extends Client {
  readonly sessionId: string;
  readonly url: string;
  readonly token: string;
  /** What the program has printed so far. */
  seen(): string;
  /** Types a line, and resolves when the program has printed the text. */
  answer(line: string, text: string | RegExp): Promise<void>;
}

/** Begins a session; its client goes to `at`, an endpoint, if it is given. With `ssm` it resumes lost connections. */
export async function execute(
  ecs: ECS,
  task: string,
  command: string,
  { at, ssm }: { readonly at?: string; readonly ssm?: SSM } = {},
): Promise<TestSession> {
  const { session } = await ecs.executeCommand({ task, command, interactive: true });
  const { sessionId = "", streamUrl = "", tokenValue = "" } = session ?? {};
  const { pathname, search } = new URL(streamUrl);
  const url = at === undefined ? streamUrl : `${at.replace("http", "ws")}${pathname}${search}`;
  let printed = "";
  const client = openClient({
    url,
    ...(ssm && {
      async resume() {
        const { StreamUrl = "", TokenValue = "" } = await ssm.resumeSession({ SessionId: sessionId });
        return TokenValue ? { url: StreamUrl, token: TokenValue } : undefined;
      },
    }),

    token: tokenValue,
    output(data) {
      printed += data.toString("latin1");
    },
  });
  const seen = () => printed;
  return {
    ...client,
    ...{ sessionId, url, token: tokenValue, seen },
    async answer(line, text) {
      const before = printed.length;
      await client.type(Buffer.from(`${line}\r`));
      const isThere = () => {
        const news = printed.slice(before);
        return typeof text === "string" ? news.includes(text) : text.test(news);
      };
      await until(`the program prints ${text}`, isThere, { detail: () => printed.slice(before) });
    },
  };
}
