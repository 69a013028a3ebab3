import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { AcsMessage, AcsMessages, AcsMessageType } from "../../acs/protocol.ts";
import { type ConnectionOptions, keepConnection } from "./connection.ts";
import type { ControlPlane } from "./control-plane.ts";
import { agentHash, agentVersion } from "./register.ts";
import { signedUrl } from "./sign.ts";

export interface SessionOptions extends ConnectionOptions {
  readonly controlPlane: Pick<ControlPlane, "discover" | "lost">;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  onMessage(message: AcsMessage, send: Send): void;
  /** Called with the error of a message that could not be read or dealt with; the message is passed over. */
  onBadMessage(error: unknown): void;
}

/** Does nothing once the connection is lost: the control plane sends again what is not acknowledged. */
export type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

export interface Session extends AsyncDisposable {
  /** Resolves with the control plane's first message: from then on it counts this agent as connected. */
  readonly heard: Promise<void>;
}

/**
 * Keeps a connection to the Agent Communication Service until it is disposed of. Each connection is made where DiscoverPollEndpoint
 * says; after one is lost, or could not be made, the control plane's next endpoint is asked.
 */
export function keepSession(options: SessionOptions): Session {
  const { controlPlane, cluster, containerInstanceArn } = options;
  const first = Promise.withResolvers<void>();
  const connection = keepConnection(options, {
    async target(signal) {
      const found = await controlPlane.discover({ cluster, containerInstance: containerInstanceArn }, signal);
      return {
        async open() {
          if (!found.url) throw new Error("Cannot poll: the control plane named no endpoint");
          return signedUrl(options, found.url, {
            agentHash,
            agentVersion,
            clusterArn: cluster,
            containerInstanceArn,
            protocolVersion: "2",
            sendCredentials: "true",
            seqNum: "1",
          });
        },
        lost: () => controlPlane.lost(found),
      };
    },
    onText(text, sendText) {
      first.resolve();
      const send: Send = (type, message) => sendText(JSON.stringify({ type, message }));
      try {
        options.onMessage(parse(text), send);
      } catch (error) {
        options.onBadMessage(error);
      }
    },
  });
  return { heard: first.promise, [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose]() };
}

function parse(text: string): AcsMessage {
  try {
    return JSON.parse(text) as AcsMessage;
  } catch {
    // Without the cause: it quotes the text, which may hold credentials.
    throw new Error("Cannot read a message of the control plane: it is no JSON");
  }
}
