import { DeleteParametersCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameters } from "../parameters/find.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = operation(DeleteParametersCommand)({
  find(input, call, context: Ssm) {
    const references = [...new Set(input.Names)].map((name) => parseNameReference(call, name));
    return findParameters(context, call, references);
  },

  access: (found) => found.map((one) => parameterAccess(one)),

  async run(found, _input, { store }, call) {
    const deleted: string[] = [];
    const invalid: string[] = [];
    for (const { reference, parameter } of found) {
      const outcome = parameter && (await store.writes.remove(call, parameter, call.time));
      // A parameter that is not the one that was authorised stays.
      (outcome?.kind === "done" ? deleted : invalid).push(reference.asked);
    }
    return { DeletedParameters: deleted, InvalidParameters: invalid };
  },
});
