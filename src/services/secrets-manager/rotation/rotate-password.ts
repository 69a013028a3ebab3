import { ApiError } from "../../../model/api-error.ts";
import type { SecretsManager } from "../context.ts";
import { describeSecret } from "../operations/describe-secret.ts";
import { getRandomPassword } from "../operations/get-random-password.ts";
import { getSecretValue } from "../operations/get-secret-value.ts";
import { putSecretValue } from "../operations/put-secret-value.ts";
import { updateSecretVersionStage } from "../operations/update-secret-version-stage.ts";
import { current, pending } from "../secrets/stages.ts";
import { asAccount } from "./account-call.ts";
import type { Occasion } from "./functions.ts";
import { RotationFailure, type StepEvent } from "./rotation.ts";

/** Tags of a secret that say how its password is made. */
const keyTag = "sealift:rotate-password:key";
const lengthTag = "sealift:rotate-password:length";
const excludeTag = "sealift:rotate-password:exclude";

/** What AWS's own rotation functions leave out. */
const defaultExclude = "/@\"'\\";

interface Value {
  readonly SecretString?: string;
}

/**
 * The built-in rotation function: a new random password under a key of the secret's JSON (`password` unless a tag names
 * another), or in place of a text that is no JSON object. It does what AWS's template does, as the secret's account.
 */
export async function rotatePassword(event: StepEvent, context: SecretsManager, occasion: Occasion): Promise<void> {
  const perform = asAccount(context, occasion);
  const secret = { SecretId: event.SecretId };
  const ofToken = { ...secret, VersionId: event.ClientRequestToken, VersionStage: pending };
  switch (event.Step) {
    case "createSecret":
      return createSecret();
    case "setSecret":
      // There is nothing but the secret that would have to learn of it.
      return;
    case "testSecret":
      await perform(getSecretValue, ofToken);
      return;
    case "finishSecret":
      return finishSecret();
  }

  async function createSecret(): Promise<void> {
    if (await isThere(() => perform(getSecretValue, ofToken))) return;
    const { SecretString: text } = (await perform(getSecretValue, { ...secret, VersionStage: current })) as Value;
    if (text === undefined) throw new RotationFailure("A binary secret has no password that could be rotated");
    const SecretString = withPassword(text, await tags());
    const { ClientRequestToken } = event;
    await perform(putSecretValue, {
      ...secret,
      ClientRequestToken,
      SecretString: await SecretString,
      VersionStages: [pending],
    });
  }

  async function finishSecret(): Promise<void> {
    const { VersionIdsToStages: stages = {} } = (await perform(describeSecret, secret)) as {
      VersionIdsToStages?: Record<string, string[]>;
    };
    const holder = Object.keys(stages).find((id) => stages[id]!.includes(current));
    if (holder === event.ClientRequestToken) return;
    await perform(updateSecretVersionStage, {
      ...secret,
      VersionStage: current,
      MoveToVersionId: event.ClientRequestToken,
      ...(holder !== undefined && { RemoveFromVersionId: holder }),
    });
  }

  async function tags(): Promise<ReadonlyMap<string, string>> {
    const { Tags = [] } = (await perform(describeSecret, secret)) as { Tags?: { Key: string; Value: string }[] };
    return new Map(Tags.map(({ Key, Value }) => [Key, Value]));
  }

  async function withPassword(text: string, options: ReadonlyMap<string, string>): Promise<string> {
    const { RandomPassword: password } = (await perform(getRandomPassword, {
      PasswordLength: passwordLength(options.get(lengthTag)),
      ExcludeCharacters: options.get(excludeTag) ?? defaultExclude,
    })) as { RandomPassword: string };
    const value = parseObject(text);
    const key = options.get(keyTag) ?? "password";
    return value ? JSON.stringify({ ...value, [key]: password }) : password;
  }
}

function passwordLength(tag: string | undefined): number {
  const length = Number(tag ?? 32);
  if (Number.isInteger(length) && length >= 4 && length <= 4096) return length;
  throw new RotationFailure(`The tag ${lengthTag} must be a number from 4 to 4096`);
}

async function isThere(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.shape === "ResourceNotFoundException") return false;
    throw error;
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
