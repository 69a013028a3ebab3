import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantListEntry,
  type KeyMetadata,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import type { Key, KeyGrant } from "../../services/kms/index.ts";
import { once, see, seen } from "./account.ts";
import type { Calls } from "./calls.ts";
import { everything } from "./roles.ts";

/** KMS keys with their policies and grants. */
export function keysReader(calls: Calls) {
  const key = once(async (region: string, KeyId: string): Promise<Key | undefined> => {
    const described = await see("kms:DescribeKey", KeyId, () => calls.send(new DescribeKeyCommand({ KeyId }), region), [
      "NotFoundException",
    ]);
    const metadata = described?.KeyMetadata;
    if (!metadata?.KeyId) return undefined;
    const id = metadata.Arn ?? metadata.KeyId;
    const { Policy = "" } = await seen("kms:GetKeyPolicy", id, () =>
      calls.send(new GetKeyPolicyCommand({ KeyId: id }), region),
    );
    return shape(metadata, region, Policy);
  });

  const keyTags = once(async (region: string, KeyId: string) => {
    const tags = await everything(async (Marker) => {
      const page = await seen("kms:ListResourceTags", KeyId, () =>
        calls.send(new ListResourceTagsCommand({ KeyId, Marker }), region),
      );
      return { items: page.Tags ?? [], next: page.NextMarker };
    });
    return new Map(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue] as const));
  });

  const keyAliases = once(async (region: string, KeyId: string) => {
    return everything(async (Marker) => {
      const page = await seen("kms:ListAliases", KeyId, () =>
        calls.send(new ListAliasesCommand({ KeyId, Marker }), region),
      );
      return { items: (page.Aliases ?? []).map(({ AliasName = "" }) => AliasName), next: page.NextMarker };
    });
  });

  const grants = once(async (region: string, KeyId: string): Promise<readonly KeyGrant[]> => {
    const found = await everything(async (Marker) => {
      const page = await seen("kms:ListGrants", KeyId, () =>
        calls.send(new ListGrantsCommand({ KeyId, Marker }), region),
      );
      return { items: page.Grants ?? [], next: page.NextMarker };
    });
    return found.map(grantShape);
  });

  return { key, keyTags, keyAliases, grants };
}

function shape(metadata: KeyMetadata, region: string, policy: string): Key {
  const { KeyId: id = "", AWSAccountId: account = "", KeyManager, MultiRegionConfiguration: multi } = metadata;
  return {
    id,
    account,
    region,
    manager: KeyManager === "AWS" ? "AWS" : "CUSTOMER",
    // A key of a custom key store has states and origins that keys here do not have.
    state: (metadata.KeyState ?? "Enabled") as Key["state"],
    origin: (metadata.Origin ?? "AWS_KMS") as Key["origin"],
    spec: metadata.KeySpec ?? "SYMMETRIC_DEFAULT",
    usage: metadata.KeyUsage ?? "ENCRYPT_DECRYPT",
    primaryRegion: multi?.PrimaryKey?.Region,
    description: metadata.Description ?? "",
    policy,
    tags: new Map(),
    aliases: [],
    materialVersion: 1,
    materialId: undefined,
    validTo: metadata.ValidTo,
    rotationPeriod: undefined,
    rotatesAt: undefined,
    createdAt: metadata.CreationDate ?? new Date(0),
    deletionAt: metadata.DeletionDate,
    deletionWindow: undefined,
  };
}

function grantShape(grant: GrantListEntry): KeyGrant {
  const { GrantId: id = "", KeyId: keyId = "", Operations: operations = [], Constraints } = grant;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = Constraints ?? {};
  const kind = equals ? "EncryptionContextEquals" : "EncryptionContextSubset";
  const context = Object.entries(equals ?? subset ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    id,
    keyId,
    issuingAccount: grant.IssuingAccount ?? "",
    name: grant.Name,
    grantee: grant.GranteePrincipal ?? "",
    retiring: grant.RetiringPrincipal,
    operations,
    constraint: equals || subset ? { kind, context } : undefined,
    createdAt: grant.CreationDate ?? new Date(0),
  };
}
