import { GetParameterCommand } from "@aws-sdk/client-ssm";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound, versionNotFound } from "../errors.ts";
import { foundParameters, parameterAccess, selectVersion } from "../parameters/access.ts";
import { parseReference } from "../parameters/reference.ts";
import { isSecretReference, type ReferencedSecret, referencedSecret } from "../parameters/secret-reference.ts";
import { shownParameter } from "../parameters/shape.ts";

/** What `access` has found for a call is not looked for again by `run`. */
const secretByCall = new WeakMap<Call, ReferencedSecret>();

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = operation(GetParameterCommand)({
  async access(input, call, context: Ssm) {
    if (!isSecretReference(input.Name)) {
      return parameterAccess("GetParameter", [parseReference(call, input.Name)], call, context);
    }
    const { Name: name, WithDecryption: withDecryption } = input;
    const secret = await referencedSecret(context.secrets, call, "GetParameter", name, withDecryption);
    secretByCall.set(call, secret);
    return secret.accesses;
  },

  async run(input, context, call) {
    const secret = secretByCall.get(call);
    if (secret) return { Parameter: await secret.shown() };
    const [found] = foundParameters(call);
    if (!found?.parameter) throw parameterNotFound();
    const { arn, selector } = found.reference;
    const version = await selectVersion(context, found);
    if (!version) throw versionNotFound(found.parameter.name, selector ?? "");
    const options = { arn, withDecryption: input.WithDecryption, selector };
    return { Parameter: await shownParameter(context, call, version, options) };
  },
});
