import { ListKeyRotationsCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { invalidMarker } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refuseUnrotatable } from "../materials/rotation-rules.ts";
import { rotationEntry } from "../materials/shape.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html */
export const listKeyRotations = operation(ListKeyRotationsCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "ListKeyRotations", managed: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, input, { store }) {
    refuseUnrotatable(found);
    const { key } = found;
    const limit = input.Limit ?? 100;
    const all = input.IncludeKeyMaterial === "ALL_KEY_MATERIAL";
    const after = readVersion(input.Marker);
    const materials = await store.rotations.list(key, { all, after, limit: limit + 1 });
    const { items, next } = page(materials, limit, ({ version }) => String(version));
    const isReady = items.some(({ place }) => place > 0) && (await store.rotations.isReady(key));
    return { Rotations: items.map((material) => rotationEntry(found, material, isReady)), ...next };
  },
});

function readVersion(marker: string | undefined): number {
  const after = readMarker(marker);
  if (/^\d{0,9}$/.test(after)) return Number(after);
  throw invalidMarker();
}
