import { children, namespaces, textOf, timeIn, type XmlElement } from "./xml.ts";

/** What an assertion says. https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf */
export interface Assertion {
  readonly issuer: string;
  readonly issuedAt: Date;
  readonly subject: { readonly name: string; readonly format: string } | undefined;
  readonly confirmations: readonly Confirmation[];
  readonly notBefore: Date | undefined;
  readonly notOnOrAfter: Date | undefined;
  /** Each restriction lists whom the assertion may be for. */
  readonly audienceRestrictions: readonly (readonly string[])[];
  /** The end of the user's session with the provider. */
  readonly sessionNotOnOrAfter: Date | undefined;
  /** Names and values, in the assertion's order. */
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

interface Confirmation {
  readonly method: string;
  readonly recipient: string;
  readonly notBefore: Date | undefined;
  readonly notOnOrAfter: Date | undefined;
}

const unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/** Reads an assertion; `undefined` where it lacks what every assertion has, or where a time is none. */
export function readAssertion(assertion: XmlElement): Assertion | undefined {
  const times = new Times();
  const below = (parent: XmlElement | undefined, name: string) =>
    parent ? children(parent, namespaces.assertion, name) : [];
  const [issuer] = below(assertion, "Issuer");
  const [subject, ...moreSubjects] = below(assertion, "Subject");
  const [nameId] = below(subject, "NameID");
  const [conditions, ...moreConditions] = below(assertion, "Conditions");
  const sessionEnds = below(assertion, "AuthnStatement").flatMap((each) => times.in(each, "SessionNotOnOrAfter") ?? []);
  const issuedAt = times.in(assertion, "IssueInstant");
  const read = {
    issuer: issuer ? textOf(issuer) : "",
    subject: nameId && { name: textOf(nameId), format: nameId.getAttribute("Format") || unspecified },
    confirmations: below(subject, "SubjectConfirmation").map((confirmation): Confirmation => {
      const [data = confirmation] = below(confirmation, "SubjectConfirmationData");
      return {
        method: confirmation.getAttribute("Method"),
        recipient: data.getAttribute("Recipient"),
        notBefore: times.in(data, "NotBefore"),
        notOnOrAfter: times.in(data, "NotOnOrAfter"),
      };
    }),
    notBefore: conditions && times.in(conditions, "NotBefore"),
    notOnOrAfter: conditions && times.in(conditions, "NotOnOrAfter"),
    audienceRestrictions: below(conditions, "AudienceRestriction").map((each) => below(each, "Audience").map(textOf)),
    sessionNotOnOrAfter: sessionEnds.toSorted((one, other) => one.getTime() - other.getTime())[0],
    attributes: below(assertion, "AttributeStatement")
      .flatMap((statement) => below(statement, "Attribute"))
      .map((attribute) => [attribute.getAttribute("Name"), below(attribute, "AttributeValue").map(textOf)] as const),
  };
  const isWhole = !times.areInvalid && moreSubjects.length === 0 && moreConditions.length === 0;
  return isWhole && issuedAt && read.issuer !== "" ? { ...read, issuedAt } : undefined;
}

/** Reads times, and keeps in mind whether one was none. */
class Times {
  areInvalid = false;
  in(element: XmlElement, attribute: string): Date | undefined {
    const time = timeIn(element, attribute);
    if (time !== "invalid") return time;
    this.areInvalid = true;
    return undefined;
  }
}
