/** What a request of the Docker Registry HTTP API is about. https://distribution.github.io/distribution/spec/api/ */
export type DoorRequest = { readonly name: string } & (
  | { readonly kind: "manifest"; readonly reference: string }
  | { readonly kind: "layer"; readonly digest: string }
  | { readonly kind: "upload"; readonly upload: string }
  | { readonly kind: "tags" }
);

/** `undefined` for other paths. */
export function readDoorPath(path: string): DoorRequest | undefined {
  const [, name = "", manifest, digest, upload] =
    /^\/v2\/([a-z0-9][a-z0-9._/-]*)\/(?:manifests\/([^/]+)|blobs\/([a-z0-9]+:[0-9a-f]+)|blobs\/uploads\/([\w=-]*)|tags\/list)$/.exec(
      path,
    ) ?? [];
  if (name === "") return undefined;
  if (manifest !== undefined) return { name, kind: "manifest", reference: decodeURIComponent(manifest) };
  if (digest !== undefined) return { name, kind: "layer", digest };
  if (upload !== undefined) return { name, kind: "upload", upload };
  return { name, kind: "tags" };
}

export interface NamedRepository {
  readonly repositoryName: string;
  readonly registryId: string;
  readonly region: string;
}

/**
 * The repository of a name. It may begin with the host name of a registry on AWS, as task definitions have it; without that it is in
 * `registry`.
 */
export function repositoryOf(
  name: string,
  registry: { readonly account: string; readonly region: string },
): NamedRepository {
  const [, account, region, rest] =
    /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/.exec(name) ?? [];
  if (account !== undefined && region !== undefined && rest !== undefined) {
    return { repositoryName: rest, registryId: account, region };
  }
  return { repositoryName: name, registryId: registry.account, region: registry.region };
}
