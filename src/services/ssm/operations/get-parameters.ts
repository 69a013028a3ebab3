import { GetParametersCommand, type Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { sharedAccess } from "../parameters/access.ts";
import { findVersions } from "../parameters/find.ts";
import { parseReference } from "../parameters/reference.ts";
import {
  findReferencedSecret,
  isSecretReference,
  type ReferencedSecret,
  UnreadableReference,
} from "../parameters/secret-reference.ts";
import { shownParameter } from "../parameters/shape.ts";

/** By the name asked for; `undefined` if it cannot be read as a secret. */
type Secrets = ReadonlyMap<string, ReferencedSecret | undefined>;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = operation(GetParametersCommand)({
  async find(input, call, context: Ssm) {
    const names = [...new Set(input.Names)];
    const references = names.filter((name) => !isSecretReference(name)).map((name) => parseReference(call, name));
    return {
      parameters: await findVersions(context, call, references),
      secrets: await findSecrets(context, call, names.filter(isSecretReference), input.WithDecryption),
    };
  },

  access: ({ parameters, secrets }) => [
    ...parameters.map(sharedAccess),
    ...[...secrets.values()].flatMap((secret) => secret?.needs ?? []),
  ],

  async run({ parameters, secrets: foundSecrets }, input, context, call) {
    const shown = parameters.flatMap(({ reference: { arn, shownName: name, selector }, version }) =>
      version
        ? [shownParameter(context, call, version, { arn, name, withDecryption: input.WithDecryption, selector })]
        : [],
    );
    const secrets = await shownSecrets(foundSecrets);
    return {
      Parameters: [...(await Promise.all(shown)), ...secrets.shown].sort(byName),
      InvalidParameters: [
        ...parameters.filter(({ version }) => !version).map(({ reference }) => reference.asked),
        ...secrets.invalid,
      ],
    };
  },
});

function byName({ Name: one = "" }: ShownParameter, { Name: other = "" }: ShownParameter): number {
  return one < other ? -1 : 1;
}

async function findSecrets(
  context: Ssm,
  call: Call,
  names: readonly string[],
  withDecryption: boolean | undefined,
): Promise<Secrets> {
  const found = new Map<string, ReferencedSecret | undefined>();
  for (const name of names) {
    found.set(name, await unlessUnreadable(findReferencedSecret(context, call, name, withDecryption)));
  }
  return found;
}

/** A name that cannot be read as a secret is an invalid one, as on AWS. */
async function shownSecrets(secrets: Secrets) {
  const shown: ShownParameter[] = [];
  const invalid: string[] = [];
  for (const [name, secret] of secrets) {
    const parameter = secret && (await unlessUnreadable(secret.show()));
    if (parameter) shown.push(parameter);
    else invalid.push(name);
  }
  return { shown, invalid };
}

async function unlessUnreadable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UnreadableReference)) throw error;
    return undefined;
  }
}
