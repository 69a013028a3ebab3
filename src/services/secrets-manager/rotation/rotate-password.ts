import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { defined } from "../../../defined.ts";
import { SecretRefusal } from "../errors.ts";
import { current, pending } from "../secrets/stages.ts";
import type { RotationStep } from "./function.ts";
import { RotationFailure, type StepEvent } from "./rotation.ts";

/** Tags of a secret that say how its password is made. */
const keyTag = "sealift:rotate-password:key";
const lengthTag = "sealift:rotate-password:length";
const excludeTag = "sealift:rotate-password:exclude";

/** AWS's own rotation functions leave these out. */
const defaultExclude = "/@\"'\\";

/**
 * The built-in rotation function: a new random password under a key of the secret's JSON (`password` unless a tag names
 * another), or in place of a text that is no JSON object. It does what AWS's template does, as the secret's account.
 */
export async function rotatePassword(event: StepEvent, { perform }: RotationStep): Promise<void> {
  const { SecretId, ClientRequestToken: token } = event;
  const pendingVersion = { SecretId, VersionId: token, VersionStage: pending };
  switch (event.Step) {
    case "createSecret":
      return createSecret();
    case "setSecret":
      // The password is kept nowhere but in the secret.
      return;
    case "testSecret":
      await perform(GetSecretValueCommand, pendingVersion);
      return;
    case "finishSecret":
      return finishSecret();
  }

  async function createSecret(): Promise<void> {
    if (await exists(perform(GetSecretValueCommand, pendingVersion))) return;
    const { SecretString: text } = await perform(GetSecretValueCommand, { SecretId, VersionStage: current });
    if (text === undefined) throw new RotationFailure("A binary secret has no password that could be rotated");
    const SecretString = await withPassword(text, await readOptions());
    await perform(PutSecretValueCommand, {
      SecretId,
      ClientRequestToken: token,
      SecretString,
      VersionStages: [pending],
    });
  }

  async function finishSecret(): Promise<void> {
    const { VersionIdsToStages = {} } = await perform(DescribeSecretCommand, { SecretId });
    const [holder] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(current)) ?? [];
    if (holder === token) return;
    await perform(UpdateSecretVersionStageCommand, {
      SecretId,
      VersionStage: current,
      MoveToVersionId: token,
      ...defined({ RemoveFromVersionId: holder }),
    });
  }

  async function readOptions(): Promise<ReadonlyMap<string, string>> {
    const { Tags = [] } = await perform(DescribeSecretCommand, { SecretId });
    return new Map(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  }

  async function withPassword(text: string, options: ReadonlyMap<string, string>): Promise<string> {
    const { RandomPassword: password } = await perform(GetRandomPasswordCommand, {
      PasswordLength: passwordLength(options.get(lengthTag)),
      ExcludeCharacters: options.get(excludeTag) ?? defaultExclude,
    });
    if (password === undefined) throw new Error("GetRandomPassword gave no password");
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

async function exists(reading: Promise<unknown>): Promise<boolean> {
  try {
    await reading;
    return true;
  } catch (error) {
    if (error instanceof SecretRefusal && error.kind === "not-found") return false;
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
