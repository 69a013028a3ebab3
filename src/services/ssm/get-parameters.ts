import { GetParametersCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../aws/operation.ts";
import type { Ssm } from "./index.ts";
import { foundParameters, parameterAccess, selectVersion } from "./parameter-access.ts";
import { parseReference } from "./reference.ts";
import { shownParameter } from "./shown-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = operation(GetParametersCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess(
      "GetParameters",
      [...new Set(input.Names)].map((name) => parseReference(call, name)),
      call,
      context,
    ),

  async run(input, context, call) {
    const selected = await Promise.all(
      foundParameters(call).map(async (found) => ({
        reference: found.reference,
        version: await selectVersion(context, call, found),
      })),
    );
    const shown = selected.flatMap(({ reference: { selector }, version }) =>
      version ? [shownParameter(context, call, version, { withDecryption: input.WithDecryption, selector })] : [],
    );
    return {
      Parameters: (await Promise.all(shown)).sort((one, other) => (one.Name! < other.Name! ? -1 : 1)),
      InvalidParameters: selected.filter(({ version }) => !version).map(({ reference }) => reference.asked),
    };
  },
});
