import { systemClock } from "../clock.ts";
import { randomIds } from "../ids.ts";
import { jsonLog, plainLog } from "../log.ts";
import { type Flags, readConfig } from "../server/config.ts";
import { startSealift } from "../server/server.ts";
import { stopSignal } from "./stop-signal.ts";

/** Runs the control plane, and an agent unless told not to, until SIGTERM or SIGINT. */
export async function up(flags: Flags & { readonly jsonLogs?: boolean }): Promise<void> {
  const config = readConfig(flags, process.env);
  const log = flags.jsonLogs ? await jsonLog("info") : plainLog(process.stderr);
  const stopped = stopSignal();
  await using sealift = await startSealift(config, { clock: systemClock, ids: randomIds, log });
  if (config.dev) {
    process.stderr.write('Warning: with --dev everybody on this machine is root with the key pair "test" and "test"\n');
  }
  process.stdout.write(`Sealift is ready on ${sealift.endpoint}\n`);
  if (sealift.firstStart) {
    process.stdout.write(
      `Made the root access key ${sealift.accessKey.accessKeyId}; its secret is in ${config.data}, and "sealift env" prints it\n`,
    );
  }
  await stopped;
}
