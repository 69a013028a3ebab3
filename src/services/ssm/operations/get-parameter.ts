import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { versionNotFound } from "../errors.ts";
import { sharedAccess } from "../parameters/access.ts";
import { findVersion } from "../parameters/find.ts";
import { existingParameter, type FoundVersion } from "../parameters/found.ts";
import { parseReference } from "../parameters/reference.ts";
import { findReferencedSecret, isSecretReference, type ReferencedSecret } from "../parameters/secret-reference.ts";
import { shownParameter } from "../parameters/shape.ts";

type Found =
  | { readonly secret: ReferencedSecret; readonly parameter?: undefined }
  | { readonly parameter: FoundVersion; readonly secret?: undefined };

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = operation(GetParameterCommand)({
  async find({ Name: name, WithDecryption: withDecryption }, call, context: Ssm): Promise<Found> {
    if (isSecretReference(name)) return { secret: await findReferencedSecret(context, call, name, withDecryption) };
    return { parameter: await findVersion(context, call, parseReference(call, name)) };
  },

  access: ({ secret, parameter }) => (secret ? secret.needs : sharedAccess(parameter)),

  async run({ secret, parameter: found }, input, context, call) {
    if (secret) return { Parameter: await secret.show() };
    const { name } = existingParameter(found);
    const { reference, version } = found;
    const { arn, shownName, selector } = reference;
    if (!version) throw versionNotFound(shownName ?? name, selector ?? "");
    const options = { arn, name: shownName, withDecryption: input.WithDecryption, selector };
    return { Parameter: await shownParameter(context, call, version, options) };
  },
});
