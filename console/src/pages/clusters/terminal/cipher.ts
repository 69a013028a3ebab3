/** Bytes of the data key: a key for each direction. */
export const dataKeySize = 64;

const nonceSize = 12;

/** Seals what is typed, and opens what is printed, in a session that its cluster wants to be encrypted. */
export interface Cipher {
  encrypt(data: Uint8Array): Promise<Uint8Array>;
  decrypt(data: Uint8Array): Promise<Uint8Array>;
}

/** The client's end: the agent encrypts with the first half of the data key. Rejects where the browser has no WebCrypto. */
export async function clientCipher(dataKey: Uint8Array): Promise<Cipher> {
  if (!globalThis.crypto?.subtle) {
    throw new Error("An encrypted session needs HTTPS or localhost: on this page the browser has no encryption");
  }
  const key = (bytes: Uint8Array, use: KeyUsage) =>
    crypto.subtle.importKey("raw", bytes as BufferSource, "AES-GCM", false, [use]);
  const [other, own] = await Promise.all([
    key(dataKey.slice(0, dataKeySize / 2), "decrypt"),
    key(dataKey.slice(dataKeySize / 2), "encrypt"),
  ]);
  return {
    async encrypt(data) {
      const iv = crypto.getRandomValues(new Uint8Array(nonceSize));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, own, data as BufferSource);
      const bytes = new Uint8Array(nonceSize + sealed.byteLength);
      bytes.set(iv);
      bytes.set(new Uint8Array(sealed), nonceSize);
      return bytes;
    },
    async decrypt(data) {
      const iv = data.slice(0, nonceSize);
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, other, data.slice(nonceSize));
      return new Uint8Array(opened);
    },
  };
}
