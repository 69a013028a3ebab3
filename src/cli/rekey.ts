import { defined } from "../defined.ts";
import { randomIds } from "../ids.ts";
import { keyring } from "../keyring/keyring.ts";
import { ConfigError, type Flags, readConfig } from "../server/config.ts";
import { openDataDirectory, readAccessKey } from "../server/data-directory.ts";
import { sealAnew } from "../server/rekey.ts";
import { newRootKey, rootKeyOf } from "../server/root-key/root-key.ts";
import { checkRootKey } from "../server/root-key/root-key-check.ts";
import { rootKeySource } from "../server/root-key/root-key-source.ts";
import { newAccessKey } from "../services/iam/index.ts";
import { openPostgres } from "../storage/postgres.ts";
import { openSqlite } from "../storage/sqlite.ts";
import { askPassphrase } from "./passphrase.ts";

export interface RekeyFlags extends Omit<Flags, "passphrase"> {
  readonly passphrase?: boolean;
  readonly newRootKeyFile?: string;
  readonly newPassphrase?: boolean;
}

/** Seals everything under another root key. No server may run on the data meanwhile. */
export async function rekey(flags: RekeyFlags): Promise<void> {
  const { passphrase: asks, newPassphrase: asksNew, newRootKeyFile, ...others } = flags;
  const passphrase = asks ? await askPassphrase("Passphrase of the present root key") : undefined;
  const config = readConfig({ ...others, ...defined({ passphrase }) }, process.env);
  const next = rootKeySource(
    {
      file: newRootKeyFile,
      passphrase: asksNew ? await askPassphrase("Passphrase of the new root key", "twice") : undefined,
      fileFlag: "--new-root-key-file",
      passphraseFlag: "--new-passphrase",
      prefix: "SEALIFT_NEW_",
    },
    process.env,
  );
  if (!readAccessKey(config.data)) {
    throw new ConfigError(`Cannot find a Sealift in ${config.data}: there is nothing to seal anew`);
  }
  using data = openDataDirectory(config.data, () => newAccessKey("AKIA", config.account, randomIds));
  await using database = await (config.database === undefined
    ? openSqlite(data.database)
    : openPostgres(config.database));
  const from = keyring(await rootKeyOf(config.rootKey, config.data, database));
  await checkRootKey(database, from);
  const { key, keep, settle } = await newRootKey(next, config.data);
  const count = await sealAnew(database, from, keyring(key), keep);
  settle();
  process.stdout.write(`Sealed ${count} values under the new root key; sessions of before are over\n`);
}
