import type { ExecuteCommandMessage, RoleCredentials } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import type { Log } from "../../log.ts";
import { encryptionContext } from "../../session-manager/encryption.ts";
import type { Endpoints } from "../link/endpoints.ts";
import type { ExecSessionOptions } from "./exec-session.ts";
import { openRecord } from "./record.ts";

export interface SessionServicesOptions {
  readonly endpoints: Endpoints;
  /** Where CloudWatch Logs is, if it is not with the control plane; `aws` for Amazon's. */
  readonly logsEndpoint?: string;
  readonly region: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

type Services = Pick<ExecSessionOptions, "encryption" | "openRecord">;

/**
 * What the cluster wants of its sessions, done as the task's role: it needs `kms:Decrypt` for an encrypted session, and the
 * permissions to write into the log group.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export type SessionServices = (
  order: ExecuteCommandMessage,
  targetId: string,
  role: RoleCredentials | undefined,
) => Services;

export function sessionServices(options: SessionServicesOptions): SessionServices {
  const { endpoints, region, clock, timers, log } = options;

  return ({ sessionId, kmsKeyId, record: wanted }, targetId, role) => {
    function clientConfig(endpoint: string | undefined) {
      if (!role) throw new Error("The session needs the task's role, and the task has none");
      const { accessKeyId, secretAccessKey, sessionToken } = role;
      const requestHandler = { requestTimeout: 5_000 };
      return {
        region,
        requestHandler,
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        ...defined({ endpoint }),
      };
    }

    async function decrypt(CiphertextBlob: Buffer): Promise<Buffer> {
      const { KMS } = await import("@aws-sdk/client-kms");
      return endpoints.call(async (endpoint) => {
        const kms = new KMS(clientConfig(endpoint));
        try {
          const EncryptionContext = encryptionContext(sessionId, targetId);
          const { Plaintext = [] } = await kms.decrypt({ CiphertextBlob, EncryptionContext });
          return Buffer.from(Plaintext);
        } finally {
          kms.destroy();
        }
      });
    }

    async function recordIn({ logGroupName, mustBeEncrypted }: NonNullable<ExecuteCommandMessage["record"]>) {
      const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
      const { logsEndpoint } = options;
      const endpoint = logsEndpoint === "aws" ? undefined : (logsEndpoint ?? endpoints.current());
      return openRecord({
        ...{ logs: new CloudWatchLogs(clientConfig(endpoint)), logGroupName, logStreamName: sessionId },
        ...{ mustBeEncrypted, clock, timers },
        onLost: (err) => log.warn({ session: sessionId, err }, "The output of an exec session could not be kept"),
      });
    }

    return {
      ...(kmsKeyId !== undefined && { encryption: { kmsKeyId, decrypt } }),
      ...(wanted && { openRecord: () => recordIn(wanted) }),
    };
  };
}
