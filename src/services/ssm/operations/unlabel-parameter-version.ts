import { UnlabelParameterVersionCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound, versionNotFound } from "../errors.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { existingParameter } from "../parameters/found.ts";
import { resultOf } from "../parameters/outcome.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export const unlabelParameterVersion = operation(UnlabelParameterVersionCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, parseNameReference(call, input.Name)),
  access: (found) => parameterAccess(found),

  async run(found, input, { store }, call) {
    const parameter = existingParameter(found);
    const change = await store.writes.changeLabels(call, parameter, input.ParameterVersion, call.time, (labels) =>
      labels.filter((label) => !input.Labels.includes(label)),
    );
    const attached = resultOf(change, parameterNotFound);
    if (!attached) throw versionNotFound(parameter.name, input.ParameterVersion);
    return {
      RemovedLabels: input.Labels.filter((label) => attached.includes(label)),
      InvalidLabels: input.Labels.filter((label) => !attached.includes(label)),
    };
  },
});
