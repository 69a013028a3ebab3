import type { FileContents, FileMount } from "../../runtime/file-stores.ts";
import { type FilePlace, pathOfPlace } from "./files.ts";
import { type BinaryValues, type SecretRequest, type SecretValues, secretKey } from "./secret.ts";

/** A container's environment and the options of its log driver. */
export interface ContainerSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly logOptions: Readonly<Record<string, string>>;
}

/**
 * Puts resolved values where one container's requests want them. A secret wins over a plain variable or log option, the
 * last request over earlier ones of the same name. An empty value sets a variable but no log option. What is to be
 * mounted is not applied, nor are options of a container without log driver (`""`) or with `awsfirelens`, whose secrets
 * go to the router. Throws if a value is missing.
 */
export function applySecrets(
  requests: readonly SecretRequest[],
  values: SecretValues,
  container: ContainerSettings & { readonly logDriver: string },
): ContainerSettings {
  const environment = new Map(Object.entries(container.environment));
  const logOptions = new Map(Object.entries(container.logOptions));
  const takesOptions = container.logDriver !== "" && container.logDriver !== "awsfirelens";
  for (const request of requests) {
    const value = resolved(request, values);
    if (request.type === "ENVIRONMENT_VARIABLE") environment.set(request.name, value);
    else if (request.target === "LOG_DRIVER" && takesOptions && request.name !== "" && value !== "") {
      logOptions.set(request.name, value);
    }
  }
  return { environment: Object.fromEntries(environment), logOptions: Object.fromEntries(logOptions) };
}

/**
 * Secrets as files at their places, and the variables `<NAME>_FILE` that tell a program their paths, as official images take it.
 * The last request of a name counts. Throws if a value is missing.
 */
export function secretFileMounts(
  requests: readonly SecretRequest[],
  { values, binaries }: { readonly values: SecretValues; readonly binaries: BinaryValues },
  places: ReadonlyMap<string, FilePlace>,
): { readonly mounts: readonly FileMount[]; readonly variables: Readonly<Record<string, string>> } {
  const files = new Map<string, FileContents>();
  const directories = new Map<string, Map<string, FileContents>>();
  const variables = new Map<string, string>();
  for (const request of requests) {
    const place = places.get(request.name);
    if (!place) continue;
    const { mount, file } = place;
    const value = binaries.get(secretKey(request)) ?? resolved(request, values);
    if (file === undefined) files.set(mount, value);
    else directories.set(mount, (directories.get(mount) ?? new Map<string, FileContents>()).set(file, value));
    variables.set(`${request.name}_FILE`, pathOfPlace(place));
  }
  return {
    mounts: [
      ...[...directories].map(([path, directory]) => ({ path, directory })),
      ...[...files].map(([path, contents]) => ({ path, contents })),
    ],
    variables: Object.fromEntries(variables),
  };
}

function resolved(request: SecretRequest, values: SecretValues): string {
  const value = values.get(secretKey(request));
  if (value === undefined) throw new Error(`no value was resolved for secret ${request.name} of ${request.container}`);
  return value;
}
