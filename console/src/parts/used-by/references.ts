/** Where a task definition names a secret or a parameter. */
export interface Reference {
  readonly container: string;
  readonly place: "variable" | "logOption" | "registry" | "label";
  /** Of the variable or the log option; empty for the others. */
  readonly name: string;
  /** As the definition has it. */
  readonly valueFrom: string;
}

interface NamedValue {
  readonly name?: string | undefined;
  readonly valueFrom?: string | undefined;
}

/** What of a container's definition may name secrets. */
interface Referring {
  readonly name?: string | undefined;
  readonly secrets?: readonly NamedValue[] | undefined;
  readonly logConfiguration?: { readonly secretOptions?: readonly NamedValue[] | undefined } | undefined;
  readonly repositoryCredentials?: { readonly credentialsParameter?: string | undefined } | undefined;
  readonly dockerLabels?: Readonly<Record<string, string>> | undefined;
}

/** Docker label: secrets and paths of parameters, all of whose values a container gets. */
const fromLabel = "sealift.secrets.from";

/** Every place of a definition that names the secret or parameter of that ARN. */
export function referencesTo(arn: string, containers: readonly Referring[] = []): readonly Reference[] {
  return containers
    .flatMap(({ name: container = "", ...rest }) => placesOf(rest).map((one) => ({ container, ...one })))
    .filter(({ place, valueFrom }) => means(arn, valueFrom, place));
}

function placesOf(of: Omit<Referring, "name">): readonly Omit<Reference, "container">[] {
  const named = (place: "variable" | "logOption", values: readonly NamedValue[] = []) =>
    values.map(({ name = "", valueFrom = "" }) => ({ place, name, valueFrom }));
  const registry = of.repositoryCredentials?.credentialsParameter;
  const entries = of.dockerLabels?.[fromLabel]?.split(",").map((entry) => entry.trim()) ?? [];
  return [
    ...named("variable", of.secrets),
    ...named("logOption", of.logConfiguration?.secretOptions),
    ...(registry === undefined ? [] : [{ place: "registry", name: "", valueFrom: registry } as const]),
    ...entries.map((valueFrom) => ({ place: "label", name: "", valueFrom }) as const),
  ];
}

const secretParameter = "/aws/reference/secretsmanager/";

/** Whether a reference at that place means the secret or parameter of this ARN. A name is one of the same account and Region. */
function means(arn: string, valueFrom: string, place: Reference["place"]): boolean {
  const [, , service = "", region, account, ...rest] = arn.split(":");
  const own = rest.join(":");
  if (!valueFrom.startsWith("arn:")) {
    if (place === "label") return false;
    if (place === "registry") return service === "secretsmanager" && isSecretNamed(own, valueFrom);
    return isParameterNamed(service, own, valueFrom);
  }
  const [, , ofService, ofRegion, ofAccount, ...ofRest] = valueFrom.split(":");
  if (ofRegion !== region || ofAccount !== account) return false;
  if (ofService === "secretsmanager") {
    return service === "secretsmanager" && ofRest[0] === "secret" && isSecretNamed(own, ofRest[1] ?? "");
  }
  if (ofService !== "ssm" || !ofRest[0]?.startsWith("parameter/")) return false;
  if (place === "label") {
    const path = ofRest[0].replace(/\/?\*?$/, "");
    return service === "ssm" && own.startsWith(`${path}/`);
  }
  const [, ...names] = ofRest[0].split("/");
  return isParameterNamed(
    service,
    own,
    [`${names.length > 1 ? "/" : ""}${names.join("/")}`, ...ofRest.slice(1)].join(":"),
  );
}

/** `secret:db-a1B2c3` by `db-a1B2c3` or `db`. */
function isSecretNamed(resource: string, name: string): boolean {
  const own = resource.slice("secret:".length);
  return name !== "" && (own === name || own.replace(/-[A-Za-z0-9]{6}$/, "") === name);
}

/** A parameter by `/app/key`, `key` or `key:3`; a secret by the parameter that stands for it. */
function isParameterNamed(service: string, resource: string, reference: string): boolean {
  const [name = ""] = reference.split(":");
  if (name.startsWith(secretParameter)) {
    return service === "secretsmanager" && isSecretNamed(resource, name.slice(secretParameter.length));
  }
  return service === "ssm" && resource === `parameter/${name.replace(/^\//, "")}`;
}
