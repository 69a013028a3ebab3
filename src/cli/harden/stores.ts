import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SSM } from "@aws-sdk/client-ssm";
import { ConfigError } from "../../server/config.ts";
import type { Move } from "./moves.ts";

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Path of the parameters, or the secret's name. */
  readonly name: string;
  readonly kmsKeyId?: string | undefined;
}

/** Where values go. */
export interface Store {
  /** The reference of a value, as far as it is known before the value is stored. */
  preview(move: Move): string;
  /** Stores the values; resolves to their references. What is there with the same value is left as it is. */
  store(moves: readonly Move[]): Promise<(move: Move) => string>;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const mostBytes = { standard: 4096, advanced: 8192 };

/** A SecureString parameter each. */
export function parameterStore(ssm: SSM, { partition, region, account, name, kmsKeyId }: Place): Store {
  const path = `/${name.replace(/^\/+|\/+$/g, "")}`;
  const arnOf = ({ entry }: Move) => `arn:${partition}:ssm:${region}:${account}:parameter${path}/${entry}`;
  return {
    preview: arnOf,
    async store(moves) {
      for (const { entry, value } of new Map(moves.map((move) => [move.entry, move])).values()) {
        const Name = `${path}/${entry}`;
        const bytes = Buffer.byteLength(value);
        if (bytes > mostBytes.advanced) {
          throw new ConfigError(
            `${entry} has ${bytes} bytes; a parameter has at most ${mostBytes.advanced}: --store secretsmanager`,
          );
        }
        const Tier = bytes > mostBytes.standard ? "Advanced" : "Standard";
        const KeyId = kmsKeyId === undefined ? {} : { KeyId: kmsKeyId };
        try {
          await ssm.putParameter({ Name, Value: value, Type: "SecureString", Tier, ...KeyId });
        } catch (error) {
          if ((error as Error).name !== "ParameterAlreadyExists") throw error;
          const { Parameter } = await ssm.getParameter({ Name, WithDecryption: true });
          if (Parameter?.Value !== value) throw taken(`The parameter ${Name}`, error);
        }
      }
      return arnOf;
    },
  };
}

/** One secret with a JSON object, a key for each value: a task reads it once. */
export function secretStore(secrets: SecretsManager, { partition, region, account, name, kmsKeyId }: Place): Store {
  return {
    preview: ({ entry }) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????:${entry}::`,
    async store(moves) {
      const values = Object.fromEntries(moves.map(({ entry, value }) => [entry, value]));
      const arn = await createOrFind(secrets, name, values, kmsKeyId);
      return ({ entry }) => `${arn}:${entry}::`;
    },
  };
}

async function createOrFind(
  secrets: SecretsManager,
  name: string,
  values: Readonly<Record<string, string>>,
  kmsKeyId: string | undefined,
): Promise<string | undefined> {
  try {
    const SecretString = JSON.stringify(values);
    const { ARN } = await secrets.createSecret({ Name: name, SecretString, KmsKeyId: kmsKeyId });
    return ARN;
  } catch (error) {
    if ((error as Error).name !== "ResourceExistsException") throw error;
    const { ARN, SecretString = "" } = await secrets.getSecretValue({ SecretId: name });
    const there = objectIn(SecretString);
    const missing = Object.keys(values).filter((key) => !Object.hasOwn(there, key));
    if (missing.length > 0) throw taken(`The secret ${name}`, error, `without the key ${missing.join(", ")}`);
    if (Object.entries(values).some(([key, value]) => there[key] !== value)) throw taken(`The secret ${name}`, error);
    return ARN;
  }
}

/** An earlier run may have stored the same values. Others must not be overwritten: somebody uses them. */
function taken(what: string, cause: unknown, how = "with another value"): ConfigError {
  return new ConfigError(`${what} exists already, ${how}: choose another --name`, { cause });
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {}; // a secret that is no JSON has none of the values
  }
}
