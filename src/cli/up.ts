import { defined } from "../defined.ts";
import { jsonLog, plainLog } from "../log.ts";
import { type Flags, readConfig, refusePlainHttp } from "../server/config.ts";
import { systemSurroundings } from "../surroundings.ts";
import { clearMachine } from "./clear-machine.ts";
import { askPassphrase } from "./passphrase.ts";
import { started } from "./started.ts";
import { stopSignal } from "./stop-signal.ts";

export interface UpFlags extends Omit<Flags, "passphrase"> {
  readonly jsonLogs?: boolean;
  /** Asks for the passphrase on the terminal. */
  readonly passphrase?: boolean;
}

/** Runs the control plane, and an agent if the flags do not say `--no-agent`, until SIGTERM or SIGINT. */
export async function up(flags: UpFlags): Promise<void> {
  const { passphrase: asks, jsonLogs, ...others } = flags;
  const passphrase = asks ? await askPassphrase("Passphrase of the root key") : undefined;
  const config = readConfig({ ...others, ...defined({ passphrase }) }, process.env);
  refusePlainHttp(config);
  const log = jsonLogs ? await jsonLog("info") : plainLog(process.stderr);
  const stopped = stopSignal();
  // Loaded late: whoever mistypes a flag does not wait for it.
  const { startSealift } = await import("../server/server.ts");
  await using sealift = await startSealift(config, systemSurroundings(log));
  if (config.dev) {
    process.stderr.write('Warning: with --dev everybody on this machine is root with the key pair "test" and "test"\n');
  }
  // Without a certificate the signal ends the process, as it does any other.
  if (config.tls)
    process.on("SIGHUP", () => {
      try {
        sealift.renewCertificate();
        log.info({}, "Read the certificate anew");
      } catch (error) {
        log.error({ err: error }, "Cannot read the certificate anew; the one from before stays");
      }
    });
  process.stdout.write(`Sealift is ready on ${sealift.endpoint}\n`);
  // Whoever reads a log must not become root by it.
  const isPrivate = process.stdout.isTTY || config.dev;
  const link = isPrivate ? await sealift.consoleLink() : undefined;
  if (link !== undefined) process.stdout.write(`Console, signed in as root, once within ten minutes: ${link}\n`);
  else if (config.console) process.stdout.write('Console: "sealift console" prints a link that signs in\n');
  if (sealift.firstStart) {
    process.stdout.write(
      `Made the root access key ${sealift.accessKey.accessKeyId}; its secret is in ${config.data}, and "sealift env" prints it\n`,
    );
  }
  await started();
  await stopped;
  if (config.throwAway) await clearMachine(sealift, config);
}
