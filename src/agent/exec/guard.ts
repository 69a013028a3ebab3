import { randomBytes } from "node:crypto";
import { type SessionCipher, sessionCipher } from "../../session-manager/encryption.ts";
import { challenge, readChallenge } from "../../session-manager/handshake.ts";

/** What keeps an encrypted session from everybody but its client. */
export interface Guard {
  readonly cipher: SessionCipher;
  /** Something that the client has to decrypt, and to encrypt itself. */
  challenge(): Buffer;
  isMet(response: Buffer): boolean;
}

/** Throws where the data key is none. */
export function guardWith(dataKey: Buffer): Guard {
  const cipher = sessionCipher(dataKey, "agent");
  const secret = randomBytes(64);
  return {
    cipher,
    challenge: () => challenge(cipher.encrypt(secret)),
    isMet(response) {
      try {
        return cipher.decrypt(readChallenge(response)).equals(secret);
      } catch {
        return false;
      }
    },
  };
}
