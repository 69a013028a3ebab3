import { ListVirtualMFADevicesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { mfaDeviceArn } from "../credentials/mfa-devices/mfa-device.ts";
import { virtualMfaDevice } from "../credentials/mfa-devices/shape.ts";
import { endPage, readPage } from "../page.ts";

const assigned = { Assigned: true, Unassigned: false, Any: undefined } as const;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices = operation(ListVirtualMFADevicesCommand)({
  access: (_found, _input, call) => onPath("mfa")(undefined, {}, call),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    // A marker has no room for a whole ARN.
    const prefix = mfaDeviceArn(call, "/", "");
    const listed = await store.mfaDevices.list(call.account, {
      assigned: assigned[input.AssignmentStatus ?? "Any"],
      after: asked.after === "" ? "" : prefix + asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(listed, asked, ({ serialNumber }) => serialNumber.slice(prefix.length));
    const users = await store.users.findByIds(page.flatMap(({ assigned }) => assigned?.userId ?? []));
    return {
      VirtualMFADevices: page.map((device) =>
        virtualMfaDevice(call, device, device.assigned && users.get(device.assigned.userId)),
      ),
      ...rest,
    };
  },
});
