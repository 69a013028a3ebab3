import { GetParametersCommand, type Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { foundParameters, parameterAccess, selectVersion } from "../parameters/access.ts";
import { parseReference } from "../parameters/reference.ts";
import { isSecretReference, type ReferencedSecret, referencedSecret } from "../parameters/secret-reference.ts";
import { shownParameter } from "../parameters/shape.ts";

/** By the name asked for; `undefined` where it means no secret that can be shown. */
type Secrets = ReadonlyMap<string, ReferencedSecret | undefined>;

/** What `access` has found for a call is not looked for again by `run`. */
const secretsByCall = new WeakMap<Call, Secrets>();

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = operation(GetParametersCommand)({
  async access(input, call, context: Ssm) {
    const names = [...new Set(input.Names)];
    const references = names.filter((name) => !isSecretReference(name)).map((name) => parseReference(call, name));
    const accesses = await parameterAccess("GetParameters", references, call, context);
    const secrets = await findSecrets(context, call, names.filter(isSecretReference), input.WithDecryption);
    secretsByCall.set(call, secrets);
    return [...accesses, ...[...secrets.values()].flatMap((secret) => secret?.accesses ?? [])];
  },

  async run(input, context, call) {
    const selected = await Promise.all(
      foundParameters(call).map(async (found) => ({
        reference: found.reference,
        version: await selectVersion(context, found),
      })),
    );
    const shown = selected.flatMap(({ reference: { arn, selector }, version }) =>
      version ? [shownParameter(context, call, version, { arn, withDecryption: input.WithDecryption, selector })] : [],
    );
    const secrets = await shownSecrets(secretsByCall.get(call) ?? new Map());
    const parameters = [...(await Promise.all(shown)), ...secrets.shown];
    return {
      Parameters: parameters.sort((one, other) => (one.Name! < other.Name! ? -1 : 1)),
      InvalidParameters: [
        ...selected.filter(({ version }) => !version).map(({ reference }) => reference.asked),
        ...secrets.invalid,
      ],
    };
  },
});

/** A name that means no secret is one of the invalid ones, as AWS has it. */
async function findSecrets(
  { secrets }: Ssm,
  call: Call,
  names: readonly string[],
  withDecryption: boolean | undefined,
): Promise<Secrets> {
  const found = new Map<string, ReferencedSecret | undefined>();
  for (const name of names) {
    found.set(name, await unlessInvalid(referencedSecret(secrets, call, "GetParameters", name, withDecryption)));
  }
  return found;
}

async function shownSecrets(secrets: Secrets) {
  const shown: ShownParameter[] = [];
  const invalid: string[] = [];
  for (const [name, secret] of secrets) {
    const parameter = secret && (await unlessInvalid(secret.shown()));
    if (parameter) shown.push(parameter);
    else invalid.push(name);
  }
  return { shown, invalid };
}

async function unlessInvalid<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const isInvalid = error instanceof ApiError && ["ParameterNotFound", "ValidationException"].includes(error.shape);
    if (!isInvalid) throw error;
    return undefined;
  }
}
