import { constants, createCipheriv, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from "node:crypto";

const xenc = "http://www.w3.org/2001/04/xmlenc#";
const xenc11 = "http://www.w3.org/2009/xmlenc11#";
const names = {
  "aes-128-cbc": `${xenc}aes128-cbc`,
  "aes-256-cbc": `${xenc}aes256-cbc`,
  "aes-128-gcm": `${xenc11}aes128-gcm`,
  "aes-256-gcm": `${xenc11}aes256-gcm`,
};

export interface EncryptionOptions {
  readonly cipher?: keyof typeof names;
  readonly oaep?: "sha1" | "sha256";
}

/** The response with its assertion encrypted for the key's owner, as XML Encryption 1.1 has it. */
export function withEncryptedAssertion(
  xml: string,
  key: KeyObject,
  { cipher = "aes-256-gcm", oaep = "sha1" }: EncryptionOptions = {},
): string {
  return xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, (assertion) => {
    const secret = randomBytes(Number(cipher.slice(4, 7)) / 8);
    const publicKey = createPublicKey(key);
    const wrapped = publicEncrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaep },
      secret,
    );
    const method =
      oaep === "sha1"
        ? `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/>`
        : `<xenc:EncryptionMethod Algorithm="${xenc11}rsa-oaep"><ds:DigestMethod Algorithm="${xenc}sha256"/><xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1sha256"/></xenc:EncryptionMethod>`;
    const value = (bytes: Buffer) =>
      `<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue></xenc:CipherData>`;
    return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${names[cipher]}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>${method}${value(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>${value(encrypted(assertion, secret, cipher))}</xenc:EncryptedData></saml:EncryptedAssertion>`;
  });
}

function encrypted(text: string, secret: Buffer, cipher: keyof typeof names): Buffer {
  if (cipher === "aes-128-cbc" || cipher === "aes-256-cbc") {
    const iv = randomBytes(16);
    const encryptor = createCipheriv(cipher, secret, iv);
    return Buffer.concat([iv, encryptor.update(text), encryptor.final()]);
  }
  const iv = randomBytes(12);
  const encryptor = createCipheriv(cipher, secret, iv);
  return Buffer.concat([iv, encryptor.update(text), encryptor.final(), encryptor.getAuthTag()]);
}
