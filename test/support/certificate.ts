import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { keptKeyPair } from "./kept-key-pairs.ts";

/** A key pair and a certificate that it made for itself. */
export interface Certified {
  readonly privateKey: KeyObject;
  /** DER in base64. */
  readonly certificate: string;
}

/** Another pair at every call, from those that tests keep if it is one of RSA 2048. */
export async function certified(bits = 2048): Promise<Certified> {
  if (bits !== 2048) return certificateOf(generateKeyPairSync("rsa", { modulusLength: bits }));
  const pair = await keptKeyPair("RSA_2048");
  return certificateOf({
    privateKey: createPrivateKey({ key: Buffer.from(pair.privateKey), format: "der", type: "pkcs8" }),
    publicKey: createPublicKey({ key: Buffer.from(pair.publicKey), format: "der", type: "spki" }),
  });
}

/** A certificate of the year 2020, good for a hundred years. */
function certificateOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): Certified {
  const algorithm = Buffer.from("300d06092a864886f70d01010b0500", "hex"); // sha256WithRSAEncryption
  const name = der(0x30, der(0x31, der(0x30, Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("idp")))));
  const times = ["20200101000000Z", "21200101000000Z"].map((time) => der(0x18, Buffer.from(time)));
  const content = der(
    0x30,
    der(0xa0, Buffer.from("020102", "hex")),
    der(0x02, Buffer.of(1)),
    algorithm,
    ...[name, der(0x30, ...times), name],
    publicKey.export({ format: "der", type: "spki" }),
  );
  const signature = der(0x03, Buffer.of(0), sign("sha256", content, privateKey));
  return { privateKey, certificate: der(0x30, content, algorithm, signature).toString("base64") };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
