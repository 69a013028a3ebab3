import { DeleteParametersCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { foundParameters, parameterAccess } from "../parameters/access.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = operation(DeleteParametersCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess(
      "DeleteParameters",
      [...new Set(input.Names)].map((name) => parseNameReference(call, name)),
      call,
      context,
    ),

  async run(_input, { parameters }, call) {
    const deleted: string[] = [];
    const invalid: string[] = [];
    for (const { reference, parameter } of foundParameters(call)) {
      const there = parameter !== undefined && (await parameters.remove(call, parameter.name, call.time));
      (there ? deleted : invalid).push(reference.asked);
    }
    return { DeletedParameters: deleted, InvalidParameters: invalid };
  },
});
