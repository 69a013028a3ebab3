import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../aws/operation.ts";
import { parameterNotFound, versionNotFound } from "./errors.ts";
import type { Ssm } from "./index.ts";
import { foundParameters, parameterAccess, selectVersion } from "./parameter-access.ts";
import { parseReference } from "./reference.ts";
import { shownParameter } from "./shown-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = operation(GetParameterCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess("GetParameter", [parseReference(call, input.Name)], call, context),

  async run(input, context, call) {
    const [found] = foundParameters(call);
    if (!found?.parameter) throw parameterNotFound();
    const { selector } = found.reference;
    const version = await selectVersion(context, call, found);
    if (!version) throw versionNotFound(found.parameter.name, selector ?? "");
    const options = { withDecryption: input.WithDecryption, selector };
    return { Parameter: await shownParameter(context, call, version, options) };
  },
});
