import { ListMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { mfaDevice } from "../credentials/mfa-devices/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUserOrRoot } from "../entities/find.ts";
import { pageOf, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const listMfaDevices = operation(ListMFADevicesCommand)({
  find: findUserOrRoot,
  access: (found, input, call) => (found ? onEntity(found, input, call) : { resource: "*" }),
  async run(found, input, { store }: Iam) {
    if (!found) {
      // No operation gives the root user a device.
      readPage(input);
      return { MFADevices: [], IsTruncated: false };
    }
    const user = existing(found);
    const devices = await store.mfaDevices.listOf(user.id);
    const { page, ...rest } = pageOf([...devices.entries()], input, ([index]) => String(index));
    return { MFADevices: page.map(([, device]) => mfaDevice(user, device)), ...rest };
  },
});
