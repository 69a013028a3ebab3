import { type Account, type Calls, sdkAccount, sdkCalls, sealiftCalls } from "../check/index.ts";
import { systemClock } from "../clock.ts";
import { ConfigError, dataDirectory } from "../server/config.ts";
import { runningInstallation } from "./installation.ts";

export interface AccountFlags {
  readonly from?: string;
  readonly data?: string;
  readonly region?: string;
  readonly values?: boolean;
}

export interface OpenAccount extends Disposable {
  readonly account: Account;
  readonly calls: Calls;
}

/** The account that a command looks at: that of a running Sealift as its root user, or AWS's as the usual places say. */
export async function openAccount(flags: AccountFlags): Promise<OpenAccount> {
  const { from = "sealift", values = false } = flags;
  if (from !== "sealift" && from !== "aws")
    throw new ConfigError(`Cannot check from "${from}": it must be sealift or aws`);
  if (from === "aws") {
    const calls = sdkCalls({ region: flags.region ?? (await usualRegion()) });
    return opened(calls, sdkAccount({ calls, isAws: true, values }).catch(explained));
  }
  const { endpoint, region, credentials, reached } = runningInstallation(dataDirectory(flags, process.env));
  const calls = sealiftCalls({ endpoint, credentials, region: flags.region ?? region }, systemClock);
  return opened(calls, reached(sdkAccount({ calls, isAws: false, values })));
}

async function opened(calls: Calls, reading: Promise<Account>): Promise<OpenAccount> {
  try {
    return { account: await reading, calls, [Symbol.dispose]: () => calls[Symbol.dispose]() };
  } catch (error) {
    calls[Symbol.dispose]();
    throw error;
  }
}

/** AWS_REGION, or the profile's. */
async function usualRegion(): Promise<string> {
  const { STS } = await import("@aws-sdk/client-sts");
  const client = new STS({});
  try {
    return await client.config.region();
  } catch (cause) {
    throw new ConfigError("Cannot tell the AWS Region: give --region, or set AWS_REGION", { cause });
  } finally {
    client.destroy();
  }
}

function explained(error: Error): never {
  throw new ConfigError(`Cannot use AWS with these credentials: ${error.name}: ${error.message}`, { cause: error });
}
