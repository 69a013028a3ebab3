import { createSecretKey } from "node:crypto";
import { parseArn, regionalArn } from "../../arn.ts";
import type { Authorize } from "../../model/call.ts";
import {
  type EncryptingService,
  encryptionThrough,
  type Key,
  type KmsStore,
  managedAlias,
  managedKeyPolicy,
  sealCiphertext,
} from "../../services/kms/index.ts";
import {
  type Secret,
  type SecretsManager,
  type SecretsManagerStore,
  type SecretVersion,
  secretReader,
} from "../../services/secrets-manager/index.ts";
import type { Parameter, SsmStore } from "../../services/ssm/index.ts";
import { type Account, onceFor, type SeenParameter, Unseen } from "../account/account.ts";
import { allowing, unseenId, unseenRepository, unseenSecret, unseenVersion } from "./unseen.ts";

export interface MirrorOptions {
  readonly account: Account;
  readonly authorize: Authorize;
  /** Stands for every value that is not read. */
  readonly placeholder: string;
  /** The role's policies, whose texts say which tags and aliases they ask for. */
  readonly policies: string;
}

/** Any key will do: what is sealed here is a value that the check has read itself, or a placeholder. */
const material = createSecretKey(Buffer.alloc(32));

/** A key that is gone; no key has this id. */
const gone = { id: "00000000-0000-0000-0000-000000000000", materialVersion: 1 };

/**
 * What the operations of the services work with, read from another account. They find and decide as they do on Sealift's own
 * database; a value that was not read is a placeholder, sealed under the key that it is under.
 */
export function mirror({ account, authorize, placeholder, policies }: MirrorOptions) {
  const keys = new Map<string, Key>();
  /** Keys of which something decisive cannot be seen, by id: a call that comes to that is not known to work. */
  const unseenKeys = new Map<string, Unseen>();
  const asks = (word: RegExp, ...documents: readonly (string | undefined)[]) =>
    [policies, ...documents].some((text) => text !== undefined && word.test(text));

  /** The key that a secret or a parameter is under. */
  async function keyOf(service: EncryptingService, owner: string, region: string, id: string | undefined) {
    const alias = managedAlias(service);
    if (id === undefined || id === alias) return managedKey(service, owner, region);
    const found = await account.key(region, id).catch((error: unknown) => unseenKey(region, id, error));
    if (!found) return gone;
    if (!("policy" in found)) return found;
    const arn = regionalArn({ ...account, account: found.account, region }, "kms", `key/${found.id}`);
    const key: Key = {
      ...found,
      ...(asks(/ResourceTag/i, found.policy) && { tags: await account.keyTags(region, arn) }),
      ...(asks(/ResourceAliases/i, found.policy) && { aliases: await account.keyAliases(region, arn) }),
    };
    keys.set(key.id, key);
    return key;
  }

  /** What comes before a key can be decided all the same, and of another account's key whether the role's own policies allow it. */
  function unseenKey(region: string, id: string, error: unknown): Key | typeof gone {
    if (!(error instanceof Unseen)) throw error;
    const { account: owner = account.id, resource = "" } = parseArn(id) ?? {};
    const isKey = resource.startsWith("key/");
    const key = { ...gone, id: isKey ? resource.slice("key/".length) : unseenId(region, id) };
    unseenKeys.set(key.id, error);
    if (owner === account.id || !isKey) return key;
    const foreign: Key = {
      ...managed,
      ...key,
      manager: "CUSTOMER",
      account: owner,
      region,
      policy: allowing(account.id),
    };
    keys.set(key.id, foreign);
    return foreign;
  }

  function managedKey(service: EncryptingService, owner: string, region: string): Key {
    const id = `00000000-0000-0000-0000-${(service === "ssm" ? "1" : "2").padStart(12, "0")}`;
    const scope = { partition: account.partition, account: owner, region };
    const key = { ...managed, id, account: owner, region, policy: managedKeyPolicy(service, scope) };
    keys.set(id, key);
    return key;
  }

  const kms = {
    keys: {
      async find(_region: string, id: string) {
        const unseen = unseenKeys.get(id);
        if (unseen && !keys.has(id)) throw unseen;
        return keys.get(id);
      },
    },
    materials: {
      async find({ id }: Pick<Key, "id">) {
        const unseen = unseenKeys.get(id);
        if (unseen) throw unseen;
        return material;
      },
    },
    grants: {
      async to({ region, id }) {
        const { manager, account: owner = account.id } = keys.get(id) ?? {};
        // Of the latter what allows it is not known, anyway; on the former only their services make grants.
        if (manager === "AWS" || unseenKeys.has(id)) return [];
        const arn = regionalArn({ ...account, account: owner, region }, "kms", `key/${id}`);
        return [...(await account.grants(region, arn))];
      },
    },
    usages: { note() {} },
  } satisfies Parts<KmsStore>;
  const encryption = encryptionThrough({ store: kms as unknown as KmsStore }, authorize);

  /** Sealed once for all roles and definitions. `selector` tells values of one context apart. */
  function sealed(
    key: Parameters<typeof sealCiphertext>[0],
    bytes: Uint8Array,
    context: Readonly<Record<string, string>>,
    selector = "",
  ): Promise<ReturnType<typeof sealCiphertext>> {
    const id = JSON.stringify(["sealed", key.id, context, selector, placeholder]);
    return onceFor(account, id, async () => sealCiphertext(key, material, bytes, context));
  }

  /** A version of a secret, sealed as Secrets Manager seals it. */
  async function version(secret: Secret, versionId: string): Promise<SecretVersion> {
    const key = await keyOf("secretsmanager", secret.account, secret.region, secret.kmsKeyId);
    // Nobody can read what is marked for deletion or under a key that does not work: the check's caller cannot, either.
    const isReadable = secret.deletesAt === undefined && "state" in key && key.state === "Enabled";
    const content = isReadable ? await account.secretValue(secret.region, secret.arn, { versionId }) : undefined;
    const bytes = content && "binary" in content ? content.binary : Buffer.from(content?.text ?? placeholder);
    const context = { SecretARN: secret.arn, SecretVersionId: versionId };
    return {
      versionId,
      kind: content && "binary" in content ? "binary" : "string",
      value: await sealed(key, bytes, context),
      keyArn: secret.kmsKeyId,
      createdAt: secret.createdAt,
      accessedOn: undefined,
    };
  }

  /** Another account's secret is read where both sides allow it: the role's own is decided. */
  async function unseenValue(region: string, arn: string, error: Unseen) {
    const key = { ...gone, id: unseenId(region, arn) };
    unseenKeys.set(key.id, error);
    const value = await sealed(key, Buffer.from(placeholder), { SecretARN: arn });
    return { secret: unseenSecret(region, arn, account.id), version: { ...unseenVersion, value } };
  }

  const secrets = {
    secrets: {
      async findValue({ account: owner, region, arn, name }, { versionId, stage = "AWSCURRENT" }) {
        let secret: Secret | undefined;
        try {
          secret = await account.secret(region, owner === account.id && name !== undefined ? name : arn);
        } catch (error) {
          if (!(error instanceof Unseen) || owner === account.id) throw error;
          return unseenValue(region, arn, error);
        }
        if (!secret || (name === undefined && secret.arn !== arn)) return { secret: undefined, version: undefined };
        const wanted = versionId ?? secret.stages.get(stage);
        const isThere = wanted !== undefined && (await hasVersion(account, secret, wanted));
        return { secret, version: isThere ? await version(secret, wanted) : undefined };
      },
    },
    versions: { previousValues: async () => [] },
    writes: { touch: async () => {} },
  } satisfies Parts<SecretsManagerStore>;
  const secretsManager = { store: secrets as unknown as SecretsManagerStore, encryption } as SecretsManager;

  async function parameter(region: string, name: string, selector = ""): Promise<Parameter | undefined> {
    const seen = await account.parameter(region, name);
    return seen && whole(region, seen, selector);
  }

  async function whole(region: string, seen: SeenParameter, selector = ""): Promise<Parameter> {
    const { name, type, keyId, version } = seen;
    const value = await account.parameterValue(region, selector === "" ? name : `${name}:${selector}`);
    const arn = regionalArn({ ...account, account: account.id, region }, "ssm", `parameter/${name.replace(/^\//, "")}`);
    const bytes = Buffer.from(value ?? placeholder);
    const seal = async () =>
      sealed(await keyOf("ssm", account.id, region, keyId), bytes, { PARAMETER_ARN: arn }, selector);
    return {
      ...unknown,
      ...{ name, type, keyId, version, tier: seen.tier },
      value: type === "SecureString" ? await seal() : bytes,
      tags: asks(/ResourceTag/i) ? await account.parameterTags(region, name) : [],
    };
  }

  /** Of another account's parameter only this account's side is decided: its owner may share it with the whole account. */
  function shared(name: string): Parameter {
    return {
      ...unknown,
      ...{ name, type: "String", keyId: undefined, version: 1, tier: "Advanced", value: Buffer.from(placeholder) },
      ...{ tags: [], resourcePolicy: { id: "shared", document: allowing(account.id) } },
    };
  }

  const parameters = {
    parameters: {
      async find({ account: owner, region }, names) {
        if (owner !== account.id) return new Map(names.map((name) => [rootedName(name), shared(name)]));
        const found = await Promise.all(names.map(async (name) => [name, await parameter(region, name)] as const));
        return new Map(found.flatMap(([name, one]) => (one ? [[rootedName(name), one] as const] : [])));
      },
      async list({ region }, { prefixes: [prefix = "/"] = [], after = "", limit }) {
        const path = prefix === "/" ? prefix : prefix.replace(/\/$/, "");
        const all = (await account.parametersBelow(region, path)).filter(({ name }) => name > after);
        const sorted = all.sort((one, other) => (one.name < other.name ? -1 : 1));
        return Promise.all(sorted.slice(0, limit).map((seen) => whole(region, seen)));
      },
    },
    versions: {
      async find({ account: owner, region }, name, selector) {
        if (owner !== account.id) return shared(name);
        const newest = await account.parameter(region, name);
        if (typeof selector === "number" && newest && selector > newest.version) return undefined;
        if (typeof selector === "number" && newest && selector > newest.version - versionsKept) {
          return parameter(region, name, String(selector));
        }
        if ((await account.parameterValue(region, name)) === undefined) {
          const why =
            "GetParameterHistory, which tells labels and old versions, tells the values too; --values allows it";
          throw new Unseen("ssm:GetParameterHistory", `${name}:${selector}`, why);
        }
        const value = await account.parameterValue(region, `${name}:${selector}`);
        return value === undefined ? undefined : parameter(region, name, String(selector));
      },
    },
  } satisfies Parts<SsmStore>;

  return {
    secretsmanager: secretsManager,
    ssm: { store: parameters as unknown as SsmStore, encryption, secrets: secretReader(secretsManager) },
    ecr: {
      store: {
        repositories: {
          async find({ account: owner, region }: { readonly account: string; readonly region: string }, name: string) {
            try {
              const found = await account.repository(region, owner, name);
              if (!found || !asks(/ResourceTag/i, found.policy)) return found;
              return { ...found, tags: await account.repositoryTags(region, found.id) };
            } catch (error) {
              if (!(error instanceof Unseen) || owner === account.id) throw error;
              // As for secrets: whatever is allowed then is not known to work.
              return unseenRepository({ account: owner, region, name }, account.id);
            }
          },
        },
      },
    },
    logs: {
      store: {
        groups: { find: ({ region }: { readonly region: string }, name: string) => account.logGroup(region, name) },
        streams: { find: async () => undefined },
      },
    },
  };
}

/** The parts of a store that reading a value needs. */
type Parts<Store> = {
  readonly [Part in keyof Store]?: { readonly [Method in keyof Store[Part]]?: Store[Part][Method] };
};

/** Versions of a parameter that Parameter Store keeps. */
const versionsKept = 100;

function rootedName(name: string): string {
  return name.startsWith("/") ? name : `/${name}`;
}

async function hasVersion(account: Account, secret: Secret, versionId: string): Promise<boolean> {
  if ([...secret.stages.values()].includes(versionId)) return true;
  return (await account.secretVersions(secret.region, secret.arn)).includes(versionId);
}

const managed = {
  manager: "AWS",
  state: "Enabled",
  origin: "AWS_KMS",
  spec: "SYMMETRIC_DEFAULT",
  usage: "ENCRYPT_DECRYPT",
  primaryRegion: undefined,
  description: "",
  tags: new Map<string, string>(),
  aliases: [],
  materialVersion: 1,
  materialId: undefined,
  validTo: undefined,
  rotationPeriod: undefined,
  rotatesAt: undefined,
  createdAt: new Date(0),
  deletionAt: undefined,
  deletionWindow: undefined,
} as const;

const unknown = {
  dataType: "text",
  description: undefined,
  allowedPattern: undefined,
  modifiedAt: new Date(0),
  modifiedBy: "",
  policies: [],
  expiresAt: undefined,
  resourcePolicy: undefined,
} as const;
