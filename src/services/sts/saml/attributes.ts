import type { Assertion } from "../../../saml/index.ts";
import type { SessionTags } from "../sessions/tags.ts";
import { sessionAttributes } from "../web-identity/attributes.ts";

const prefix = "https://aws.amazon.com/SAML/Attributes/";

/** The attributes of an assertion that are for AWS, as they were sent. */
export interface AwsAttributes {
  /** Roles that the user may have, each with the provider that says so. */
  readonly roles: readonly { readonly roleArn: string; readonly providerArn: string }[];
  readonly sessionName: string | undefined;
  /** Seconds. */
  readonly sessionDuration: string | undefined;
  readonly sourceIdentity: string | undefined;
  /** `undefined` where AWS would refuse their form. */
  readonly tags: SessionTags | undefined;
}

/**
 * Reads them; `undefined` where one that has one value has several.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
 */
export function awsAttributes({ attributes }: Pick<Assertion, "attributes">): AwsAttributes | undefined {
  const valuesOf = (name: string) => attributes.flatMap(([each, values]) => (each === prefix + name ? values : []));
  const singles = ["RoleSessionName", "SessionDuration", "SourceIdentity"].map(valuesOf);
  if (singles.some((values) => values.length > 1)) return undefined;
  const [[sessionName] = [], [sessionDuration] = [], [sourceIdentity] = []] = singles;
  const tagPrefix = `${prefix}PrincipalTag:`;
  const tags = attributes.flatMap(([name, values]): [string, unknown][] =>
    name.startsWith(tagPrefix) ? [[name.slice(tagPrefix.length), values]] : [],
  );
  return {
    roles: valuesOf("Role").flatMap(rolePair),
    ...{ sessionName, sessionDuration, sourceIdentity },
    tags: sessionAttributes(tags, valuesOf("TransitiveTagKeys")),
  };
}

/** The ARNs may come in either order. */
function rolePair(value: string): AwsAttributes["roles"] {
  const arns = value.split(",").map((arn) => arn.trim());
  const roleArn = arns.find((arn) => /^arn:[^:]+:iam::\d{12}:role\//.test(arn));
  const providerArn = arns.find((arn) => /^arn:[^:]+:iam::\d{12}:saml-provider\//.test(arn));
  return arns.length === 2 && roleArn && providerArn ? [{ roleArn, providerArn }] : [];
}
