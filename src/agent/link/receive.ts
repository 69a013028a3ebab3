import type { AcsMessage } from "../../acs/protocol.ts";
import type { Log } from "../../log.ts";
import type { Engine } from "../engine/engine.ts";
import { isStopped } from "../engine/status.ts";
import type { ExecSessions } from "../exec/exec-sessions.ts";
import type { Send } from "./session.ts";

export interface ReceiverOptions {
  readonly engine: Engine;
  readonly execSessions: Pick<ExecSessions, "begin" | "beginToRead" | "end">;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly log: Log;
}

/** Deals with the control plane's messages. */
export function receiver({ engine, execSessions, cluster, containerInstanceArn, log }: ReceiverOptions) {
  const acknowledge = (messageId: string, send: Send) =>
    send("AckRequest", { cluster, containerInstance: containerInstanceArn, messageId });

  return ({ type, message }: AcsMessage, send: Send): void => {
    switch (type) {
      case "PayloadMessage":
        // Acknowledged once they are on the disk, so that no task is lost with this process.
        void Promise.all(message.tasks.map((task) => engine.accept(task))).then((saved) => {
          if (saved.every(Boolean)) acknowledge(message.messageId, send);
        });
        return;
      case "IAMRoleCredentialsMessage": {
        const { taskArn, roleType, roleCredentials, messageId } = message;
        engine.refreshCredentials(taskArn, roleType, roleCredentials);
        const { expiration, credentialsId } = roleCredentials;
        return send("IAMRoleCredentialsAckRequest", { messageId, expiration, credentialsId });
      }
      case "RenewSecretsMessage": {
        const { messageId, taskArn, executionRoleCredentials } = message;
        void engine.renewSecrets(taskArn, executionRoleCredentials).then((failure) => {
          if (failure === undefined) return;
          log.warn({ task: taskArn, reason: failure }, "Cannot give a task newer versions of its secrets");
          send("RenewSecretsFailure", { messageId, taskArn, reason: failure });
        });
        return;
      }
      case "ExecuteCommandMessage":
        return execSessions.begin(message);
      case "EndSessionMessage":
        return execSessions.end(message.sessionId);
      case "ReadLogsMessage":
        return execSessions.beginToRead(message);
      case "HeartbeatMessage":
        return send("HeartbeatAckRequest", { messageId: message.messageId });
      case "TaskManifestMessage": {
        acknowledge(message.messageId, send);
        const running = message.tasks.filter((task) => task.desiredStatus === "RUNNING");
        const wanted = new Set(running.map((task) => task.taskArn));
        const candidates = engine.tasks().filter((task) => !wanted.has(task.arn) && !isStopped(task));
        if (candidates.length === 0) return;
        // Asked first, as a task may have been placed since the manifest was made.
        return send("TaskStopVerificationMessage", {
          messageId: message.messageId,
          stopCandidates: candidates.map((task) => ({ taskArn: task.arn })),
        });
      }
      case "TaskStopVerificationAck":
        for (const task of message.stopTasks) engine.stop(task.taskArn);
        return;
      default:
        log.warn({ type }, "Cannot understand a message of the control plane");
    }
  };
}
