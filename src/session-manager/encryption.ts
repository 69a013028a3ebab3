import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Bytes of the data key: a key for each direction. */
export const dataKeySize = 64;

const nonceSize = 12;
const tagSize = 16;
const algorithm = "aes-256-gcm";

/** Seals what a session's user types, and what the program prints. */
export interface SessionCipher {
  encrypt(data: Buffer): Buffer;
  /** Throws where the other end did not seal it. */
  decrypt(data: Buffer): Buffer;
}

/** One end of an encrypted session, as in AWS's session-manager-plugin: the agent encrypts with the first half of the data key. */
export function sessionCipher(dataKey: Buffer, end: "agent" | "client"): SessionCipher {
  if (dataKey.length !== dataKeySize) throw new Error("The session's data key has another length");
  const halves = [dataKey.subarray(0, dataKeySize / 2), dataKey.subarray(dataKeySize / 2)] as const;
  const [own, other] = end === "agent" ? halves : ([halves[1], halves[0]] as const);
  return {
    encrypt(data) {
      const nonce = randomBytes(nonceSize);
      const cipher = createCipheriv(algorithm, own, nonce);
      return Buffer.concat([nonce, cipher.update(data), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(data) {
      if (data.length < nonceSize + tagSize) throw new Error("What came is not encrypted");
      const cipher = createDecipheriv(algorithm, other, data.subarray(0, nonceSize), { authTagLength: tagSize });
      cipher.setAuthTag(data.subarray(-tagSize));
      return Buffer.concat([cipher.update(data.subarray(nonceSize, -tagSize)), cipher.final()]);
    },
  };
}

/**
 * What KMS binds the data key to.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
 */
export function encryptionContext(sessionId: string, targetId: string): Record<string, string> {
  return { "aws:ssm:SessionId": sessionId, "aws:ssm:TargetId": targetId };
}

/** The container of a task, as Session Manager names it. */
export function targetIdOf(taskArn: string, runtimeId: string): string {
  const [, cluster, task] = taskArn.split("/");
  return `ecs:${cluster}_${task}_${runtimeId}`;
}
