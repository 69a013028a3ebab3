import { type SecretRequest, type SecretValues, secretKey } from "./secret.ts";

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
    const value = values.get(secretKey(request));
    if (value === undefined)
      throw new Error(`no value was resolved for secret ${request.name} of ${request.container}`);
    if (request.type === "ENVIRONMENT_VARIABLE") environment.set(request.name, value);
    else if (request.target === "LOG_DRIVER" && takesOptions && request.name !== "" && value !== "") {
      logOptions.set(request.name, value);
    }
  }
  return { environment: Object.fromEntries(environment), logOptions: Object.fromEntries(logOptions) };
}
