import { type Finding, verifyEvents } from "../audit/index.ts";
import { keyring } from "../keyring/keyring.ts";
import { ConfigError, type Flags } from "../server/config.ts";
import { presentRootKey } from "../server/root-key/root-key.ts";
import { opensCheck } from "../server/root-key/root-key-check.ts";
import { rootKeySource } from "../server/root-key/root-key-source.ts";
import { openTrail, type TrailFlags } from "./audit-trail.ts";
import { askPassphrase } from "./passphrase.ts";

export interface VerifyFlags extends TrailFlags, Pick<Flags, "rootKeyFile"> {
  readonly passphrase?: boolean;
}

/** Verifies the whole audit trail and prints every change that Sealift did not make. With any, the exit code is 1. */
export async function auditVerify({ passphrase: asks, rootKeyFile, ...flags }: VerifyFlags): Promise<void> {
  await using trail = await openTrail(flags);
  const passphrase = asks ? await askPassphrase("Passphrase of the root key") : undefined;
  const source = rootKeySource(
    {
      file: rootKeyFile,
      passphrase,
      fileFlag: "--root-key-file",
      passphraseFlag: "--passphrase",
      prefix: "SEALIFT_",
    },
    process.env,
  );
  const seal = keyring(await presentRootKey(source, trail.config.data, trail));
  if (!(await opensCheck(trail, seal))) {
    throw new ConfigError("Cannot verify with this root key: the database is sealed under another one");
  }
  const { events, streams, findings } = await verifyEvents(trail.db, seal);
  for (const finding of findings) process.stdout.write(`${sentence(finding)}\n`);
  const looked = `${events} events in ${streams} streams`;
  if (findings.length === 0) process.stdout.write(`Verified ${looked}: nothing was removed, edited or inserted\n`);
  else {
    process.stdout.write(`Found ${findings.length} problems in ${looked}\n`);
    process.exitCode = 1;
  }
}

function sentence({ stream, sequence, eventId, what }: Finding): string {
  if (eventId !== undefined) return `Stream ${stream}, event ${sequence} (${eventId}) ${what}`;
  return sequence === undefined ? `Stream ${stream} ${what}` : `Stream ${stream}, behind event ${sequence}: ${what}`;
}
