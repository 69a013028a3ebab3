import { LabelParameterVersionCommand, ParameterVersionLabelLimitExceeded$ } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound, versionNotFound } from "../errors.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { existingParameter } from "../parameters/found.ts";
import { isLabel, maximumLabels } from "../parameters/labels.ts";
import { resultOf } from "../parameters/outcome.ts";
import { parseNameReference } from "../parameters/reference.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export const labelParameterVersion = operation(LabelParameterVersionCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, parseNameReference(call, input.Name)),
  access: (found) => parameterAccess(found),

  async run(found, input, { store }, call) {
    const parameter = existingParameter(found);
    const version = input.ParameterVersion ?? parameter.version;
    const valid = input.Labels.filter(isLabel);
    const change = await store.writes.changeLabels(call, parameter, version, call.time, (labels) => {
      const all = new Set([...labels, ...valid]);
      if (all.size > maximumLabels) throw tooManyLabels();
      return [...all];
    });
    if (!resultOf(change, parameterNotFound)) throw versionNotFound(parameter.name, version);
    return { InvalidLabels: input.Labels.filter((label) => !isLabel(label)), ParameterVersion: version };
  },
});

function tooManyLabels(): ApiError {
  return new ApiError(
    ParameterVersionLabelLimitExceeded$,
    `A parameter version can have maximum ${maximumLabels} labels.Move one or more labels to another version and try again.`,
  );
}
