import { ListKeysCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyArn } from "../keys/key.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export const listKeys = operation(ListKeysCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { store }: Kms, call) {
    const limit = input.Limit ?? 100;
    const ids = await store.keys.list(call, readMarker(input.Marker), limit + 1);
    const { items, next } = page(ids, limit, (id) => id);
    return { Keys: items.map((id) => ({ KeyId: id, KeyArn: keyArn(call, id) })), ...next };
  },
});
