import type { Assertion } from "../../../saml/index.ts";

type Keys = Readonly<Record<string, string | readonly string[]>>;

const eduPerson = [
  ...["edupersonaffiliation", "edupersonnickname", "edupersonorgdn", "edupersonorgunitdn"],
  ...["edupersonprimaryaffiliation", "edupersonprincipalname", "edupersonentitlement", "edupersonprimaryorgunitdn"],
  ...["edupersonscopedaffiliation", "edupersontargetedid", "edupersonassurance"],
];
const eduOrg = [
  ...["eduorghomepageuri", "eduorgidentityauthnpolicyuri", "eduorglegalname", "eduorgsuperioruri"],
  "eduorgwhitepagesuri",
];
const claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

/**
 * The condition keys that attributes become, by the attributes' names: those of AWS's documentation, and what it means by
 * those that it misspells.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html#saml-attribute-mapping
 */
const keysOf: Readonly<Record<string, string | readonly string[]>> = {
  ...Object.fromEntries(eduPerson.map((key, index) => [`urn:oid:1.3.6.1.4.1.5923.1.1.1.${index + 1}`, key])),
  ...Object.fromEntries(eduOrg.map((key, index) => [`urn:oid:1.3.6.1.4.1.5923.1.2.1.${index + 2}`, key])),
  "urn:oid:2.5.4.3": "cn",
  [`${claims}name`]: "name",
  "http://schemas.xmlsoap.org/claims/CommonName": "commonName",
  [`${claims}givenname`]: "givenName",
  [`${claims}surname`]: "surname",
  [`${claims}emailaddress`]: "mail",
  "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid": ["uid", "primaryGroupSID"],
  "2.5.4.3": "commonName",
  "2.5.4.4": "surname",
  "2.5.4.42": "givenName",
  "2.4.5.42": "givenName",
  "2.5.4.45": "x500UniqueIdentifier",
  "0.9.2342.19200300.100.1.1": "uid",
  "0.9.2342.19200300100.1.1": "uid",
  "0.9.2342.19200300.100.1.3": "mail",
  "0.9.2342.19200300100.1.3": "mail",
  "0.9.2342.19200300.100.1.45": "organizationStatus",
};

/** The condition keys of an assertion's attributes. Of several attributes that become one key, the first counts. */
export function attributeKeys({ attributes }: Pick<Assertion, "attributes">): Keys {
  const keys: Record<string, string | readonly string[]> = {};
  for (const [name, values] of attributes) {
    const [only, ...more] = values;
    if (only === undefined || !Object.hasOwn(keysOf, name)) continue;
    for (const key of [keysOf[name] ?? []].flat()) keys[`saml:${key}`] ??= more.length === 0 ? only : values;
  }
  return keys;
}
