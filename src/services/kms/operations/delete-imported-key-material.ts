import { DeleteImportedKeyMaterialCommand, NotFoundException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";
import { refuseMaterialMembers } from "../materials/import-request.ts";
import { wrongOrigin } from "../materials/rotation-rules.ts";

/** In any state of the key. https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html */
export const deleteImportedKeyMaterial = operation(DeleteImportedKeyMaterialCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "DeleteImportedKeyMaterial", input.KeyId, toChange),
  async run(input, context, call) {
    const { KeyMaterialId: id } = input;
    const found = await requestedKey(context, call, input.KeyId);
    if (found.key.origin !== "EXTERNAL") throw wrongOrigin(found);
    refuseMaterialMembers(found, input);
    const deleted = await context.keys.deleteMaterial(found.key, id);
    if (!deleted) throw keyNotFound(found.arn);
    if (id !== undefined && deleted.materialId === undefined) {
      throw new ApiError(NotFoundException$, `Key material ${id} does not exist`);
    }
    const isShown = found.key.spec === "SYMMETRIC_DEFAULT" && deleted.materialId !== undefined;
    return { KeyId: found.arn, ...(isShown && { KeyMaterialId: deleted.materialId }) };
  },
});
