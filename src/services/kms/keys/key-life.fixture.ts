import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  type ListKeyRotationsCommandInput,
} from "@aws-sdk/client-kms";

export const day = 24 * 60 * 60 * 1000;

export async function createKey(kms: KMSClient, input: CreateKeyCommandInput = {}) {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn!, metadata: KeyMetadata! };
}

export async function describeKey(kms: KMSClient, KeyId: string) {
  return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
}

export async function listRotations(kms: KMSClient, KeyId: string, input: Partial<ListKeyRotationsCommandInput> = {}) {
  return (await kms.send(new ListKeyRotationsCommand({ KeyId, ...input }))).Rotations!;
}
