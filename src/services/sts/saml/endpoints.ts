const entityId = "urn:amazon:webservices";
/** AWS's sign-in endpoints, global and regional, also the older ones with `/static`. */
const endpoint = /^https:\/\/(?:[a-z0-9-]+\.)?signin\.aws\.amazon\.com(?:\/static)?\/saml(?:\/acs\/([\w-]+))?$/;

/**
 * True if a confirmation's recipient is AWS, and in the form with an id the provider of that id.
 * https://docs.aws.amazon.com/general/latest/gr/signin-service.html
 */
export function isRecipient(recipient: string, providerId: string): boolean {
  const [matches, id = providerId] = endpoint.exec(recipient) ?? [];
  return matches !== undefined && id === providerId;
}

/** True if an audience is AWS. */
export function isForAws(audience: string, providerId: string): boolean {
  return audience === entityId || isRecipient(audience, providerId);
}
