import { signedPost } from "../../src/cli/signed-post.ts";
import { rootAccessKeysPath } from "../../src/server/installation-paths.ts";
import type { AwsAccess } from "./aws-cli.ts";
import type { Clients } from "./clients.ts";

/** Makes another account, with clients of the first one's root user. Resolves to the new root user's access. */
export async function memberAccount({ organizations }: Clients, id: string): Promise<AwsAccess> {
  const { protocol, hostname, port } = await organizations.config.endpoint!();
  const { accessKeyId, secretAccessKey } = await organizations.config.credentials();
  const access = {
    endpoint: `${protocol}//${hostname}:${port}`,
    region: await organizations.config.region(),
    credentials: { accessKeyId, secretAccessKey },
  };
  const Tags = [{ Key: "sealift:account-id", Value: id }];
  await organizations.createAccount({ AccountName: "member", Email: `member-${id}@example.com`, Tags });
  const installation = { ...access, reached: <T>(answer: Promise<T>) => answer };
  const { status, body } = await signedPost(installation, "organizations", rootAccessKeysPath, { account: id });
  if (status !== 200) throw new Error(`Cannot make the root access key of ${id}: ${body}`);
  return { ...access, credentials: JSON.parse(body) as AwsAccess["credentials"] };
}
