import { DeleteImportedKeyMaterialCommand, NotFoundException$ } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refuseMaterialMembers } from "../materials/import-request.ts";
import { wrongOrigin } from "../materials/rotation-rules.ts";

/** Works in any state of the key. https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html */
export const deleteImportedKeyMaterial = operation(DeleteImportedKeyMaterialCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "DeleteImportedKeyMaterial" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, input, { store }) {
    const { key, arn } = found;
    const { KeyMaterialId: id } = input;
    if (key.origin !== "EXTERNAL") throw wrongOrigin(found);
    refuseMaterialMembers(found, input);
    const deleted = await store.imports.delete(key, id);
    if (!deleted) throw keyNotFound(arn);
    const { materialId } = deleted;
    if (id !== undefined && materialId === undefined) {
      throw new ApiError(NotFoundException$, `Key material ${id} does not exist`);
    }
    return { KeyId: arn, ...defined({ KeyMaterialId: key.spec === "SYMMETRIC_DEFAULT" ? materialId : undefined }) };
  },
});
