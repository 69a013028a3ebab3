import { GetMFADeviceCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { deviceOf } from "../credentials/mfa-devices/find.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html */
export const getMfaDevice = operation(GetMFADeviceCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }: Iam) {
    const user = existing(found);
    const { serialNumber, assigned } = await deviceOf(store, user, input.SerialNumber);
    return { UserName: user.name, SerialNumber: serialNumber, EnableDate: assigned.enabledAt };
  },
});
