import { ConfigError } from "../config-error.ts";

/** The source of a root key. */
export type RootKeySource =
  /** `root.key` in the data directory. */
  | { readonly kind: "directory" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "environment"; readonly key: Uint8Array }
  | { readonly kind: "passphrase"; readonly passphrase: string };

/** The flags and variables by which a user can name a source. */
export interface SourceNames {
  readonly file: string | undefined;
  readonly passphrase: string | undefined;
  readonly fileFlag: string;
  readonly passphraseFlag: string;
  /** `SEALIFT_` or `SEALIFT_NEW_`. */
  readonly prefix: string;
}

/** The source that the user named, else the data directory. Throws `ConfigError` if the user named several. */
export function rootKeySource(names: SourceNames, environment: NodeJS.ProcessEnv): RootKeySource {
  const { prefix } = names;
  const given: (readonly [name: string, source: RootKeySource])[] = [];
  function offer(name: string, value: string | undefined, source: (value: string) => RootKeySource): void {
    if (value !== undefined && value !== "") given.push([name, source(value)]);
  }
  const variable = (name: string) => environment[prefix + name];
  offer(names.fileFlag, names.file, fileSource);
  if (names.file === undefined) offer(`${prefix}ROOT_KEY_FILE`, variable("ROOT_KEY_FILE"), fileSource);
  const key = variable("ROOT_KEY");
  // An empty variable is a mistake. It must not lead to a new key.
  if (key !== undefined) given.push([`${prefix}ROOT_KEY`, environmentSource(`${prefix}ROOT_KEY`, key)]);
  offer(names.passphraseFlag, names.passphrase, passphraseSource);
  if (names.passphrase === undefined) offer(`${prefix}PASSPHRASE`, variable("PASSPHRASE"), passphraseSource);
  if (given.length > 1) {
    const list = given.map(([name]) => name).join(" and ");
    throw new ConfigError(`Cannot take the root key from ${list}: name one of them`);
  }
  return given[0]?.[1] ?? { kind: "directory" };
}

function fileSource(path: string): RootKeySource {
  return { kind: "file", path };
}

function passphraseSource(passphrase: string): RootKeySource {
  return { kind: "passphrase", passphrase };
}

function environmentSource(name: string, text: string): RootKeySource {
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw new ConfigError(`Cannot use ${name}: it must be 32 bytes in base64`);
  return { kind: "environment", key };
}
