import { createPublicKey, generateKeyPairSync } from "node:crypto";

/** A key that `ssh-keygen` made, in both encodings, with the fingerprint that it tells. */
export const bobsKey = {
  line: `ssh-rsa ${[
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQDJ07s/8e/3/iXMX+2s5AStaOIX+pXFl+uQg5nh9Oo0mrrd3q/5lJ1ocNAOCc5cdWoj",
    "gE6gBqplMCTbpMs1x7SD3G5zZ8yvLGW38gs5L2tJaaiGNnzNtJrD+xHw1NUNM6LF/FYHhiGc2E1YFrZUPnVlV7gPiFNyUeKW",
    "7rLvYTiVbioCcHKDp2b/c67hOnFACtWwurU6iwZLspTtfUafAdxtNiwNM7bfZXvE18op3hVo7msWhSaA5YQw+AopFPFoxjNk",
    "GAHUOhC/RojlnhCGwxF7t5Xqlwiwt1X795uZ9p1VHW0sVBLwbt8OjtGhNu7SGuC7D+mSRpFJungpALEaXCSZ",
  ].join("")}`,
  pem: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAydO7P/Hv9/4lzF/trOQE
rWjiF/qVxZfrkIOZ4fTqNJq63d6v+ZSdaHDQDgnOXHVqI4BOoAaqZTAk26TLNce0
g9xuc2fMryxlt/ILOS9rSWmohjZ8zbSaw/sR8NTVDTOixfxWB4YhnNhNWBa2VD51
ZVe4D4hTclHilu6y72E4lW4qAnByg6dm/3Ou4TpxQArVsLq1OosGS7KU7X1GnwHc
bTYsDTO232V7xNfKKd4VaO5rFoUmgOWEMPgKKRTxaMYzZBgB1DoQv0aI5Z4QhsMR
e7eV6pcIsLdV+/ebmfadVR1tLFQS8G7fDo7RoTbu0hrguw/pkkaRSbp4KQCxGlwk
mQIDAQAB
-----END PUBLIC KEY-----
`,
  fingerprint: "d8:db:39:f8:eb:f6:35:e1:18:36:d8:e7:e8:ba:f9:97",
};

/** Another key, as a line. */
export function newLine(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { e = "", n = "" } = createPublicKey(publicKey.export({ type: "spki", format: "pem" })).export({
    format: "jwk",
  });
  // The first bit of a modulus is 1, so that a byte 0 makes it positive.
  const fields = [Buffer.from("ssh-rsa"), Buffer.from(e, "base64url"), Buffer.from(`00${hex(n)}`, "hex")];
  const framed = fields.flatMap((field) => [Buffer.from(field.length.toString(16).padStart(8, "0"), "hex"), field]);
  return `ssh-rsa ${Buffer.concat(framed).toString("base64")}`;
}

function hex(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("hex");
}
