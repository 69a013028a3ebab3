import type { RegistryAuthentication } from "../../../acs/protocol.ts";
import { parseArn } from "../../../arn.ts";
import type { Container } from "../definitions/definition.ts";

/** The host name of an account's registry, as image names begin with it. */
const ecrImage = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\//;

/** How the agent gets what it shows the registry of a container's image; `undefined` where it shows nothing. */
export function registryAuthentication(
  { image, repositoryCredentials }: Pick<Container, "image" | "repositoryCredentials">,
  scope: { readonly region: string },
  useExecutionRole: boolean,
): RegistryAuthentication | undefined {
  const parameter = repositoryCredentials?.credentialsParameter;
  if (parameter !== undefined) {
    const region = parseArn(parameter)?.region || scope.region;
    return { type: "asm", asmAuthData: { credentialsParameter: parameter, region } };
  }
  const [, registryId, region] = ecrImage.exec(image) ?? [];
  if (registryId === undefined || region === undefined) return undefined;
  return { type: "ecr", ecrAuthData: { region, registryId, useExecutionRole } };
}
