/** CloudTrail's replacement for a secret value. */
export const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/**
 * Members that may hold secrets and that AWS's models do not mark as `sensitive`, by structure and member. Members with
 * that mark are hidden anyway, and so is every blob.
 */
export const hiddenMembers: ReadonlySet<string> = new Set([
  // Codes and tokens by which clients get credentials.
  "CreateOAuth2TokenRequestBody.code",
  "CreateOAuth2TokenRequestBody.codeVerifier",
  "CreateOAuth2TokenResponseBody.idToken",
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
  // A grant's token is enough to use the grant.
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
  // Whoever has it registers machines.
  "CreateActivationResult.ActivationCode",
  // Whoever has it takes over a session in a container.
  "ResumeSessionResponse.TokenValue",
  // A refused request may have the parameter's value in the wrong member.
  "PutParameterRequest.Policies",
  "PutParameterRequest.AllowedPattern",
  // Log drivers take tokens of log servers; arguments and variables of a container may be passwords.
  "LogConfiguration.options",
  "FirelensConfiguration.options",
  "ContainerDefinition.command",
  "ContainerDefinition.entryPoint",
  "ContainerOverride.command",
  "HealthCheck.command",
  "KeyValuePair.value",
  // What programs print may be anything.
  "InputLogEvent.message",
  "OutputLogEvent.message",
  "FilteredLogEvent.message",
  "MetricFilterMatchRecord.eventMessage",
  "MetricFilterMatchRecord.extractedValues",
  "TestMetricFilterRequest.logEventMessages",
  "LiveTailSessionLogEvent.message",
  "ResultField.value",
  // Who looks for a secret value in what was printed writes it down.
  "StartQueryRequest.queryString",
  "PutQueryDefinitionRequest.queryString",
  "FilterLogEventsRequest.filterPattern",
  "StartLiveTailRequest.logEventFilterPattern",
]);
