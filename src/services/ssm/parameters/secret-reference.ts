import { ParameterNotFound$, type Parameter as ShownParameter } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import { ApiError, type CommonError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { type ReadableSecret, SecretRefusal } from "../../secrets-manager/index.ts";
import type { Ssm } from "../context.ts";
import { invalidSelector } from "../errors.ts";
import { parameterArn } from "./parameter.ts";

const prefix = "/aws/reference/secretsmanager/";

/** Secrets Manager is asked by this service, with the caller's permissions. */
const calledVia = ["ssm.amazonaws.com"];

/** A name that cannot be read as a secret: GetParameter refuses it, GetParameters lists it as invalid. */
export class UnreadableReference extends ApiError {}

/** A secret that was found by a parameter's name. */
export interface ReferencedSecret {
  readonly needs: readonly Need[];
  /** Answers from the version that was found. Throws `UnreadableReference` for a missing one. */
  show(): Promise<ShownParameter>;
}

/** True if a name means a secret. */
export function isSecretReference(asked: string): boolean {
  return asked.trim().startsWith(prefix);
}

/**
 * Finds the secret that a name means. Throws `UnreadableReference` if AWS would refuse the name before it looks.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export async function findReferencedSecret(
  { secrets }: Pick<Ssm, "secrets">,
  call: Call,
  asked: string,
  withDecryption: boolean | undefined,
): Promise<ReferencedSecret> {
  const reference = parseSecretReference(asked);
  if (!withDecryption) {
    throw unreadable("WithDecryption flag must be True for retrieving a Secret Manager secret.");
  }
  const selector = reference.selector.slice(1);
  const found = await reworded(reference, () =>
    secrets.find(
      { ...call, calledVia },
      reference.secretId,
      isVersionId(selector) ? { versionId: selector } : stageOf(selector),
    ),
  );
  return {
    needs: [{ resource: parameterArn(call, reference.name) }, { ...found.access, calledVia }],
    show: () => reworded(reference, async () => shownSecret(reference, await found.read())),
  };
}

interface SecretReference {
  /** As it was asked for, without the selector. */
  readonly name: string;
  readonly secretId: string;
  /** A version id or a staging label, with a colon before it. */
  readonly selector: string;
}

function parseSecretReference(asked: string): SecretReference {
  const [name = "", ...selectors] = asked.trim().split(":");
  if (selectors.length > 1 || selectors[0] === "") throw unreadable(invalidSelector);
  const selector = selectors[0] === undefined ? "" : `:${selectors[0]}`;
  return { name, secretId: name.slice(prefix.length), selector };
}

function isVersionId(selector: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(selector);
}

function stageOf(selector: string): { readonly stage?: string } {
  return selector === "" ? {} : { stage: selector };
}

type Secret = Awaited<ReturnType<ReadableSecret["read"]>>;

function shownSecret({ name, selector }: SecretReference, secret: Secret): ShownParameter {
  return {
    Name: name,
    Type: "SecureString",
    Version: 0,
    SourceResult: JSON.stringify({
      ARN: secret.ARN,
      name: secret.Name,
      versionId: secret.VersionId,
      secretString: secret.SecretString,
      versionStages: secret.VersionStages ?? [],
      createdDate: secret.CreatedDate,
    }),
    ...defined({
      Value: secret.SecretString,
      Selector: selector === "" ? undefined : selector,
      LastModifiedDate: secret.CreatedDate,
      ARN: secret.ARN,
    }),
  };
}

/** Words Secrets Manager's refusals as Parameter Store does. */
async function reworded<T>({ name, selector }: SecretReference, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SecretRefusal)) throw error;
    if (error.kind === "invalid-request") throw withCause(unreadable("Invalid Request to Secrets Manager"), error);
    // AWS's own text: without the first slash, and "null" if there is no selector.
    const text = `Secret ${name.slice(1)}${selector || "null"} not found.`;
    const message = `An error occurred (ParameterNotFound) when referencing Secrets Manager: ${text}`;
    throw withCause(new UnreadableReference(ParameterNotFound$, message), error);
  }
}

function unreadable(message: string): UnreadableReference {
  const validation: CommonError = { code: "ValidationException", status: 400 };
  return new UnreadableReference(validation, message);
}

function withCause(error: UnreadableReference, cause: unknown): UnreadableReference {
  return Object.assign(error, { cause });
}
