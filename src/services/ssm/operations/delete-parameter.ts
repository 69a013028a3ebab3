import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound } from "../errors.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { existingParameter } from "../parameters/found.ts";
import { resultOf } from "../parameters/outcome.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = operation(DeleteParameterCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, parseNameReference(call, input.Name)),
  access: (found) => parameterAccess(found),
  async run(found, _input, { store }, call) {
    resultOf(await store.writes.remove(call, existingParameter(found), call.time), parameterNotFound);
    return {};
  },
});
