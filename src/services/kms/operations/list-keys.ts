import { ListKeysCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { keyArn } from "../keys/key.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = operation(ListKeysCommand)({
  access: () => ({ action: "kms:ListKeys", resource: "*" }),
  async run(input, { keys }: Kms, call) {
    const limit = input.Limit ?? 100;
    const found = await keys.list(call, readMarker(input.Marker), limit + 1);
    const { items, next } = page(found, limit, (id) => id);
    return { Keys: items.map((id) => ({ KeyId: id, KeyArn: keyArn(call, id) })), ...next };
  },
});
