import { createHash, randomBytes } from "node:crypto";
import type { LogsWanted } from "../../../acs/protocol.ts";

/** A session of ExecuteCommand, or of a client that reads the output of a container. */
export interface ExecSession {
  /** `ecs-execute-command-` and 17 hexadecimal digits. */
  readonly id: string;
  readonly instanceArn: string;
  readonly taskArn: string;
  readonly containerName: string;
  readonly command: string;
  /** Who began it, and the container as Session Manager names it. */
  readonly owner: { readonly arn: string; readonly userId: string };
  readonly targetId: string;
  /** The container's output is wanted, in place of a command. */
  readonly logs?: LogsWanted;
  /** What the cluster wants of its sessions. */
  readonly kmsKeyId?: string;
  readonly record?: { readonly logGroupName: string; readonly mustBeEncrypted: boolean };
}

/** Milliseconds for which a token is good, and for which a client waits for the agent. */
export const tokenLifetime = 60_000;
export const agentPatience = 30_000;

/** Milliseconds for which the row of a session is kept while it is connected, while it is not, and after its end. */
export const longestSession = 24 * 60 * 60_000;
export const longestPause = 25 * 60_000;
export const remembered = 60 * 60_000;

/** A secret that opens a session once. */
export function newToken(): string {
  return randomBytes(48).toString("base64url");
}

/** What is stored of a token. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The topic that wakes the replica which holds a session's connections: it may have been ended. */
export const sessionTopic = (id: string) => `exec:${id}`;

/** The topic that wakes the session with the instance's agent: there may be orders. */
export const ordersTopic = (instanceArn: string) => `exec-orders:${instanceArn}`;
