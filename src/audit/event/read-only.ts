/** Operations that change nothing, though their names do not say so. CloudTrail counts them as reads. */
const reads: ReadonlySet<string> = new Set([
  ...["Decapsulate", "Decrypt", "DeriveSharedSecret", "Encapsulate", "Encrypt", "GenerateDataKey"],
  ...["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac"],
  ...["GenerateRandom", "ReEncrypt", "Sign", "Verify", "VerifyMac"],
  ...["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "DecodeAuthorizationMessage"],
  ...["DiscoverPollEndpoint", "Poll"],
]);

/** True if an operation changes nothing. */
export function isReadOnly(operation: string): boolean {
  return reads.has(operation) || /^(Get|List|Describe|Lookup|BatchGet|Simulate|Validate)/.test(operation);
}
