import type { AlgorithmSpec } from "@aws-sdk/client-kms";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { KeyName } from "../keys/key.ts";

/** An import token is the private wrapping key itself, sealed for one KMS key. Nothing else is kept. */
export interface ImportToken {
  readonly validTo: Date;
  readonly algorithm: AlgorithmSpec;
  /** PKCS #8. */
  readonly privateKey: Uint8Array;
}

/** Import tokens. A sealed one is: time (8), length of the algorithm's name (1), the name, the private key. */
export function importTokens(keyring: Keyring) {
  return {
    seal(key: KeyName, { validTo, algorithm, privateKey }: ImportToken): Uint8Array {
      const head = Buffer.alloc(9);
      head.writeBigUInt64BE(BigInt(validTo.getTime()));
      head[8] = algorithm.length;
      const opened = Buffer.concat([head, Buffer.from(algorithm), privateKey]);
      const sealed = keyring.seal(opened, purpose(key));
      opened.fill(0);
      return sealed;
    },

    /** The token, or `undefined` if it was not made for that key. */
    open(key: KeyName, sealed: Uint8Array): ImportToken | undefined {
      const opened = keyring.open(sealed, purpose(key));
      if (!opened) return undefined;
      const bytes = Buffer.from(opened.buffer, opened.byteOffset, opened.length);
      const end = 9 + bytes.readUInt8(8);
      return {
        validTo: new Date(Number(bytes.readBigUInt64BE())),
        algorithm: bytes.toString("utf8", 9, end) as AlgorithmSpec,
        privateKey: bytes.subarray(end),
      };
    },
  };
}

function purpose({ region, id }: KeyName): string {
  return `KMS import token for key ${id} in ${region}`;
}
