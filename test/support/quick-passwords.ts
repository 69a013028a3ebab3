/**
 * Loaded by `scripts/test.ts` before every test file. Deriving a key from a password takes 150 ms of the processor with the
 * strength that Sealift asks for, and the tests do it hundreds of times. In their own processes it is done with a 32nd of the work.
 * What is stored says the strength that was asked for, and the program that end-to-end tests start has that strength.
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const { scrypt } = crypto;
const most = 2 ** 10;

type Scrypt = (
  password: crypto.BinaryLike,
  salt: crypto.BinaryLike,
  length: number,
  options: crypto.ScryptOptions,
  callback: (error: Error | null, key: Buffer) => void,
) => void;

const quick: Scrypt = (password, salt, length, options, callback) =>
  scrypt(password, salt, length, { ...options, N: Math.min(options.N ?? most, most) }, callback);

Object.assign(crypto, { scrypt: quick });
syncBuiltinESMExports();
