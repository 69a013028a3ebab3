/** Accesses that deviate from the reference, each with the reason. `*` stands for any text. */
export const exceptions: Readonly<Record<string, string>> = {
  ...tableOf("The reference names actions, and these operations need others than the one of their name", [
    "kms:ReEncrypt does not ask for kms:ReEncrypt",
    "kms:ReEncrypt also asks for kms:ReEncryptFrom",
    "kms:ReEncrypt also asks for kms:ReEncryptTo",
    "kms:ReplicateKey also asks for kms:CreateKey",
    "kms:ReplicateKey also asks for kms:TagResource",
    "kms:CreateKey also asks for kms:TagResource",
    "ssm:PutParameter also asks for ssm:AddTagsToResource",
    "logs:CreateLogGroup also asks for logs:TagResource",
    "ssm:CreateActivation also asks for iam:PassRole",
    "secretsmanager:BatchGetSecretValue also asks for secretsmanager:ListSecrets",
    "secretsmanager:CreateSecret also asks for secretsmanager:TagResource",
    "secretsmanager:CreateSecret also asks for secretsmanager:ReplicateSecretToRegions",
    "secretsmanager:RotateSecret also asks for lambda:InvokeFunction",
    "secretsmanager:ValidateResourcePolicy also asks for secretsmanager:PutResourcePolicy",
    "sts:AssumeRole also asks for sts:TagSession",
    "sts:AssumeRole also asks for sts:SetSourceIdentity",
    "sts:GetWebIdentityToken also asks for sts:TagGetWebIdentityToken",
    "ecr:CreateRepository also asks for ecr:TagResource",
    "ecs:* also asks for ecs:TagResource",
    "ecs:* also asks for iam:PassRole",
  ]),
  ...tableOf("A task definition may rotate secrets here: whoever sets it must be allowed to run it", [
    "secretsmanager:RotateSecret also asks for ecs:RunTask",
    "secretsmanager:RotateSecret also asks for iam:PassRole",
  ]),
  ...tableOf("A request that reads tags has none of its own", [
    "ecr:ListTagsForResource lacks aws:RequestTag/${TagKey}",
    "ecr:ListTagsForResource lacks aws:TagKeys",
  ]),
  ...tableOf("AWS lets every caller use it", [
    "sts:GetCallerIdentity asks for nothing",
    "sts:GetSessionToken asks for nothing",
  ]),
  ...tableOf("The reference does not have these actions yet", [
    "kms:Decapsulate is not in the reference",
    "kms:Encapsulate is not in the reference",
  ]),
  ...tableOf("AWS's own denials name such a resource", [
    "ssm:DescribeParameters names a resource",
    "logs:DescribeLogGroups names a resource",
    "logs:ListLogGroups names a resource",
    "iam:List* names a resource",
  ]),
  ...tableOf("There are no Nitro enclaves; `Recipient` is refused", ["kms:* lacks kms:RecipientAttestation:*"]),
  ...tableOf("Another service calls KMS for the caller, which no operation of KMS's own does", [
    "kms:* lacks kms:ViaService",
  ]),
  ...tableOf("Grants to services and the constraint SourceArn are refused", [
    "kms:CreateGrant lacks kms:GrantConstraintSourceArn",
    "kms:CreateGrant lacks kms:GranteeServicePrincipal",
    "kms:CreateGrant lacks kms:RetiringServicePrincipal",
  ]),
  ...tableOf("A path is no parameter that could have tags", [
    "ssm:GetParametersByPath lacks aws:ResourceTag/${TagKey}",
    "ssm:GetParametersByPath lacks ssm:resourceTag/tag-key",
  ]),
  ...tableOf("Managed external secrets do not exist; a request that asks for one is refused", [
    "secretsmanager:* lacks secretsmanager:resource/Type",
    "secretsmanager:* lacks secretsmanager:Type",
    "secretsmanager:RotateSecret lacks secretsmanager:ExternalSecretRotationRoleArn",
  ]),
  ...tableOf("A secret that is yet to be made has no rotation", [
    "secretsmanager:CreateSecret lacks secretsmanager:resource/AllowRotationLambdaArn",
  ]),
  ...tableOf("There is no Lambda that would know more of a function than its name", [
    "lambda:InvokeFunction lacks lambda:EventSourceToken",
    "lambda:InvokeFunction lacks lambda:InvokedViaFunctionUrl",
    "lambda:InvokeFunction lacks aws:ResourceTag/${TagKey}",
  ]),
  ...tableOf("AWS's user guide: the tags of a role cannot be used to control who passes it", [
    "iam:PassRole lacks aws:ResourceTag/${TagKey}",
    "iam:PassRole lacks iam:ResourceTag/${TagKey}",
  ]),
  ...tableOf("MFA devices are virtual ones", [
    "iam:EnableMFADevice lacks iam:FIDO-*",
    "iam:EnableMFADevice lacks iam:RegisterSecurityKey",
  ]),
  ...tableOf("There are no role templates", ["iam:* lacks iam:RoleTemplateARN"]),
  ...tableOf("It is about the key of no user in particular: AWS's denials name user/*", [
    "iam:GetAccessKeyLastUsed lacks aws:ResourceTag/${TagKey}",
    "iam:GetAccessKeyLastUsed lacks iam:ResourceTag/${TagKey}",
  ]),
  ...tableOf("Only callers whom such a provider knows have it", [
    "sts:* lacks accounts.google.com:*",
    "sts:* lacks cognito-identity.amazonaws.com:*",
    "sts:* lacks graph.facebook.com:*",
    "sts:* lacks saml:*",
    "sts:* lacks www.amazon.com:*",
  ]),
  ...tableOf("Trust policies name the three actions in one statement, whose conditions are of all of them", [
    "sts:TagSession has sts:*",
    "sts:SetSourceIdentity has *",
  ]),
  ...tableOf("Only where tags come with what is made", ["ecs:TagResource lacks ecs:CreateAction"]),
  ...tableOf("The API reference says so, the authorization reference does not", [
    "iam:AddRoleToInstanceProfile also asks for iam:PassRole",
  ]),
  ...tableOf("A request makes it without tags, and nothing else has any", [
    "iam:CreateServiceLinkedRole lacks aws:ResourceTag/${TagKey}",
    "iam:CreateServiceLinkedRole lacks iam:ResourceTag/${TagKey}",
    "iam:GetServiceLinkedRoleDeletionStatus lacks aws:ResourceTag/${TagKey}",
    "iam:GetServiceLinkedRoleDeletionStatus lacks iam:ResourceTag/${TagKey}",
  ]),
  ...tableOf("It names one of the kinds that the reference requires, as a request is about one", [
    "iam:GenerateServiceLastAccessedDetails names no group",
    "iam:GenerateServiceLastAccessedDetails names no policy",
    "iam:GenerateServiceLastAccessedDetails names no role",
    "iam:ListPoliciesGrantingServiceAccess names no group",
    "iam:ListPoliciesGrantingServiceAccess names no role",
  ]),
  ...tableOf("Whoever calls it signs nothing: the provider's token, which no test here has, says who it is", [
    "sts:AssumeRoleWithSAML has no input: *",
    "sts:AssumeRoleWithSAML does not ask for sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity has no input: *",
    "sts:AssumeRoleWithWebIdentity does not ask for sts:AssumeRoleWithWebIdentity",
  ]),
  ...tableOf("Tags of a federated user's session, which the reference has no resource for", [
    "sts:GetFederationToken also asks for sts:TagSession",
    "sts:TagSession names an unknown resource",
    "sts:TagSession lacks sts:TransitiveTagKeys",
  ]),
  ...tableOf("Accounts have no tags that policies see", [
    "organizations:* lacks aws:ResourceTag/${TagKey}",
    "organizations:CreateAccount also asks for organizations:TagResource",
    "organizations:TagResource names *",
  ]),
  ...tableOf("Services of AWS sign nobody in here", [
    "signin:CreateOAuth2Token names no oauth2-resource-service-principal",
  ]),
  ...tableOf("AWS does not say which values it has", [
    "signin:CreateOAuth2Token lacks signin:OAuthClientAuthentication",
  ]),
  ...tableOf("There are no policies of organisations", ["organizations:* lacks organizations:PolicyType"]),
};

function tableOf(reason: string, deviations: readonly string[]): Record<string, string> {
  return Object.fromEntries(deviations.map((deviation) => [deviation, reason]));
}
