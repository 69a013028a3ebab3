export type { DecryptRequest, EncryptRequest, Encryption } from "./encryption.ts";
