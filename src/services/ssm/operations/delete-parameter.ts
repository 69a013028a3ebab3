import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound } from "../errors.ts";
import { foundParameter, parameterAccess } from "../parameters/access.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = operation(DeleteParameterCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess("DeleteParameter", [parseNameReference(call, input.Name)], call, context),

  async run(_input, { parameters }, call) {
    const parameter = foundParameter(call);
    if (!parameter || !(await parameters.remove(call, parameter.name, call.time))) throw parameterNotFound();
    return {};
  },
});
