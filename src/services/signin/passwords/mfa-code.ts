import type { Call } from "../../../model/call.ts";
import { checkDeviceCode, type MfaDevice } from "../../iam/index.ts";
import type { Signin } from "../context.ts";

/**
 * Looks at a code of any of the user's devices. A right one gives what uses it up, which gives `false` where another request has
 * used it meanwhile.
 */
export async function useMfaCode(
  { iam }: Pick<Signin, "iam">,
  devices: readonly MfaDevice[],
  code: string,
  { account, principal: { userId }, time }: Call,
): Promise<(() => Promise<boolean>) | undefined> {
  for (const { serialNumber } of devices) {
    const found = await checkDeviceCode(iam, { account, userId, serialNumber, code }, time);
    if (typeof found === "object") return () => iam.mfaDevices.useStep(serialNumber, userId, found.step);
  }
  return undefined;
}
