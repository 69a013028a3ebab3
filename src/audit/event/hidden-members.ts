/** What CloudTrail writes in place of a value that is not to be known. */
export const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/**
 * Members that hold secrets, or may, and that AWS's models do not mark as `sensitive`: by structure and member. What they
 * do mark is hidden anyway, and no blob is ever shown.
 */
export const hiddenMembers: ReadonlySet<string> = new Set([
  // A session token alone opens nothing, but it is one half of credentials.
  "Credentials.SessionToken",
  // One-time codes of MFA devices.
  "AssumeRoleRequest.TokenCode",
  "GetSessionTokenRequest.TokenCode",
  "EnableMFADeviceRequest.AuthenticationCode1",
  "EnableMFADeviceRequest.AuthenticationCode2",
  "ResyncMFADeviceRequest.AuthenticationCode1",
  "ResyncMFADeviceRequest.AuthenticationCode2",
  "ProvidedContext.ContextAssertion",
  // Whoever has a grant's token may use the grant.
  "CreateGrantRequest.GrantTokens",
  "CreateGrantResponse.GrantToken",
  "RetireGrantRequest.GrantToken",
  "DecryptRequest.GrantTokens",
  "DeriveSharedSecretRequest.GrantTokens",
  "DescribeKeyRequest.GrantTokens",
  "EncapsulateRequest.GrantTokens",
  "DecapsulateRequest.GrantTokens",
  "EncryptRequest.GrantTokens",
  "GenerateDataKeyRequest.GrantTokens",
  "GenerateDataKeyPairRequest.GrantTokens",
  "GenerateDataKeyPairWithoutPlaintextRequest.GrantTokens",
  "GenerateDataKeyWithoutPlaintextRequest.GrantTokens",
  "GenerateMacRequest.GrantTokens",
  "GetPublicKeyRequest.GrantTokens",
  "ReEncryptRequest.GrantTokens",
  "SignRequest.GrantTokens",
  "VerifyRequest.GrantTokens",
  "VerifyMacRequest.GrantTokens",
  // A value may stand in the wrong place of a refused request; what is stored of these is shown with the parameter.
  "PutParameterRequest.Policies",
  "PutParameterRequest.AllowedPattern",
  // Log drivers take tokens of log servers; what is passed to a container may be a password.
  "LogConfiguration.options",
  "FirelensConfiguration.options",
  "ContainerDefinition.command",
  "ContainerDefinition.entryPoint",
  "ContainerOverride.command",
  "HealthCheck.command",
  "KeyValuePair.value",
]);
