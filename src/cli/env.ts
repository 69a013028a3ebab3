import { ConfigError, dataDirectory } from "../server/config.ts";
import { readAccessKey, readAddress } from "../server/data-directory.ts";

/** Prints the exports that point the aws CLI and the SDKs at the Sealift of a data directory. */
export function env(flags: { readonly data?: string }): void {
  const data = dataDirectory(flags, process.env);
  const key = readAccessKey(data);
  const address = readAddress(data);
  if (!key || !address) throw new ConfigError(`Cannot find a Sealift in ${data}: start it with "sealift up"`);
  const variables = {
    AWS_ENDPOINT_URL: address.endpoint,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_REGION: address.region,
    AWS_DEFAULT_REGION: address.region,
    // StartLiveTail would go to another host name.
    AWS_DISABLE_HOST_PREFIX_INJECTION: "true",
    ...(address.caCert !== undefined && { AWS_CA_BUNDLE: address.caCert, NODE_EXTRA_CA_CERTS: address.caCert }),
  };
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}='${value}'\n`);
  // A token left in the shell would be sent along with this key.
  process.stdout.write("unset AWS_SESSION_TOKEN AWS_PROFILE\n");
}
