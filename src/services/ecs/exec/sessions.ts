import { parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import type { Ecs } from "../context.ts";
import { terminateExecSession } from "./open.ts";
import { type ExecSession, hashOfToken, newToken, tokenLifetime } from "./session.ts";
import { streamUrlOf } from "./stream-url.ts";

/** A session that Systems Manager's operations are about. */
export type HeldSession = Pick<ExecSession, "id" | "owner" | "targetId">;

/** ExecuteCommand's sessions for Systems Manager, whose clients end and resume them. */
export interface Sessions {
  /** One of the call's account and region, if it has not been forgotten. */
  find(call: Call, id: string): Promise<HeldSession | undefined>;
  /** A new token for a client whose connection was lost; `undefined` where the session has ended. */
  resume(call: Call, id: string): Promise<{ readonly streamUrl: string; readonly tokenValue: string } | undefined>;
  /** Does nothing where the session has ended. */
  terminate(id: string): Promise<void>;
}

export function execSessions(context: Ecs): Sessions {
  const { store, clock } = context;
  return {
    async find({ account, region }, id) {
      const { session } = (await store.exec.find(id)) ?? {};
      if (!session || session.logs) return undefined;
      const at = parseArn(session.instanceArn);
      return at?.account === account && at.region === region ? session : undefined;
    },
    async resume(call, id) {
      const tokenValue = newToken();
      const until = clock.now().getTime() + tokenLifetime;
      if (!(await store.exec.reissue(id, hashOfToken(tokenValue), until))) return undefined;
      return { streamUrl: streamUrlOf(context, call, id), tokenValue };
    },
    async terminate(id) {
      const { session } = (await store.exec.find(id)) ?? {};
      if (session) await terminateExecSession(context, session);
    },
  };
}
