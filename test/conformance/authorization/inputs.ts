import {
  arn,
  context,
  ecsTags,
  iamArn,
  kmsTags,
  type Resources,
  resourcePolicy,
  rotationFunction,
  tags,
  versionId,
} from "./fixture.ts";
import type { Input } from "./plane.ts";

/** Inputs of operations that need more than likely members: one or more, which together have what keys are about. */
export function inputs(made: Resources): Readonly<Record<string, readonly Input[]>> {
  const { key, signing, agreement, mac, external, grant, instance } = made;
  const message = Buffer.from("text");
  const uploadId = "6cb64b8a-9378-0e33-2ab1-b780fab8a9e9";
  const keyInput = { KeyId: "alias/app", EncryptionContext: context };
  const awsvpc = { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } };
  const volume = { name: "data", managedEBSVolume: { roleArn: iamArn("role/app") } };
  const shape = {
    ...{ capacityProviderStrategy: [{ capacityProvider: "FARGATE" }], networkConfiguration: awsvpc },
    ...{ enableECSManagedTags: true, enableExecuteCommand: true, propagateTags: "TASK_DEFINITION" },
    volumeConfigurations: [volume],
  };
  const serviceOnly = {
    serviceConnectConfiguration: { enabled: true, namespace: arn("servicediscovery", "namespace/ns-1") },
    vpcLatticeConfigurations: [{ roleArn: iamArn("role/app"), targetGroupArn: "arn", portName: "web" }],
  };
  const task = { cluster: "app", taskDefinition: "app", tags: ecsTags, overrides: { cpu: "512", memory: "1024" } };
  const container = { name: "web", image: "busybox", memory: 64, privileged: true };
  const managedInstancesProvider = {
    ...{ infrastructureRoleArn: iamArn("role/app"), propagateTags: "NONE" },
    instanceLaunchTemplate: {
      ...{ ec2InstanceProfileArn: iamArn("instance-profile/app"), instanceMetadataTagsPropagation: true },
      networkConfiguration: { subnets: ["subnet-1"] },
    },
  };
  const storage = { fargateEphemeralStorageKmsKeyId: key };
  const configuration = { managedStorageConfiguration: storage };
  return {
    "ssm:ResumeSession": [{ SessionId: made.execSession }],
    "ssm:TerminateSession": [{ SessionId: made.execSession }],
    "ecr:DescribeRepositories": [{ repositoryNames: ["app"] }],
    "ecr:UploadLayerPart": [
      { repositoryName: "app", uploadId, partFirstByte: 0, partLastByte: 3, layerPartBlob: message },
    ],
    "ecr:CompleteLayerUpload": [{ repositoryName: "app", uploadId, layerDigests: [`sha256:${"0".repeat(64)}`] }],
    "ecs:CreateCapacityProvider": [{ name: "app", managedInstancesProvider, tags: ecsTags }],
    "ecs:DeleteCapacityProvider": [{ capacityProvider: "app" }],
    "ecs:DescribeCapacityProviders": [{ capacityProviders: ["app"] }],
    "ecs:UpdateCapacityProvider": [{ name: "app", managedInstancesProvider }],
    "ecs:CreateCluster": [{ clusterName: "app", tags: ecsTags, capacityProviders: ["FARGATE"], configuration }],
    "ecs:CreateService": [
      {
        cluster: "app",
        serviceName: "app",
        taskDefinition: "app",
        desiredCount: 1,
        tags: ecsTags,
        ...shape,
        ...serviceOnly,
      },
    ],
    "ecs:UpdateService": [{ cluster: "app", service: "app", taskDefinition: "app:1", ...shape, ...serviceOnly }],
    "ecs:ExecuteCommand": [{ cluster: "app", task: made.task, container: "web", command: "sh", interactive: true }],
    "ecs:PutAttributes": [{ cluster: "app", attributes: [{ name: "disk", value: "ssd", targetId: instance }] }],
    "ecs:PutClusterCapacityProviders": [
      { cluster: "app", capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: [] },
    ],
    "ecs:RegisterTaskDefinition": [
      {
        ...{ family: "app", containerDefinitions: [container], tags: ecsTags, cpu: "256", memory: "512" },
        ...{ requiresCompatibilities: ["EC2"], executionRoleArn: iamArn("role/app") },
      },
    ],
    "ecs:RunTask": [{ ...task, ...shape }],
    "ecs:StartTask": [{ ...task, ...shape, containerInstances: [instance] }],
    "ecs:DeleteAccountSetting": [{ name: "containerInsights" }],
    "ecs:PutAccountSetting": [{ name: "containerInsights", value: "enabled" }],
    "ecs:PutAccountSettingDefault": [{ name: "containerInsights", value: "enabled" }],
    "ecs:DescribeServiceDeployments": [
      { serviceDeploymentArns: [arn("ecs", "service-deployment/app/app/1234567890123456789")] },
    ],
    "ecs:StopServiceDeployment": [
      { serviceDeploymentArn: arn("ecs", "service-deployment/app/app/1234567890123456789") },
    ],
    "ecs:DescribeServiceRevisions": [
      { serviceRevisionArns: [arn("ecs", "service-revision/app/app/1234567890123456789")] },
    ],
    "ecs:ListServiceDeployments": [{ cluster: "app", service: "app" }],
    "ecs:UpdateTaskProtection": [{ cluster: "app", tasks: [made.task], protectionEnabled: true }],
    "ecs:TagResource": ["capacity-provider/app", "cluster/app", "service/app/app", "task-definition/app:1"].map(
      (resource) => ({
        resourceArn: arn("ecs", resource),
        tags: ecsTags,
      }),
    ),
    "ecs:ListAttributes": [{ cluster: "app", targetType: "container-instance" }],
    "ecs:UpdateCluster": [{ cluster: "app", configuration }],
    "ecs:SubmitAttachmentStateChanges": [{ cluster: "app", attachments: [] }],

    "iam:CreateServiceSpecificCredential": [
      { UserName: "app", ServiceName: "bedrock.amazonaws.com", CredentialAgeDays: 30 },
    ],

    "kms:CreateGrant": [
      {
        ...{ KeyId: key, GranteePrincipal: iamArn("role/app"), RetiringPrincipal: iamArn("role/app") },
        ...{ Operations: ["Decrypt"], Constraints: { EncryptionContextSubset: context } },
      },
    ],
    "kms:CreateKey": [{ Tags: kmsTags, MultiRegion: true, BypassPolicyLockoutSafetyCheck: false }],
    "kms:CreateAlias": [{ AliasName: "alias/new", TargetKeyId: key }],
    "kms:Decapsulate": [{ KeyId: key, EncapsulationAlgorithm: "ML_KEM", SharedSecretCiphertextBlob: message }],
    "kms:Decrypt": [{ ...keyInput, CiphertextBlob: made.blob }],
    "kms:DeriveSharedSecret": [
      { KeyId: "alias/agreement", KeyAgreementAlgorithm: "ECDH", PublicKey: message },
      { KeyId: key, KeyAgreementAlgorithm: "ECDH", PublicKey: message },
      { KeyId: agreement, KeyAgreementAlgorithm: "ECDH", PublicKey: message },
    ],
    "kms:DescribeKey": [{ KeyId: "alias/app" }],
    "kms:EnableKeyRotation": [{ KeyId: key, RotationPeriodInDays: 90 }],
    "kms:Encapsulate": [{ KeyId: key, EncapsulationAlgorithm: "ML_KEM" }],
    "kms:Encrypt": [{ ...keyInput, Plaintext: message }],
    "kms:GenerateDataKey": [{ ...keyInput, KeySpec: "AES_256" }],
    "kms:GenerateDataKeyWithoutPlaintext": [{ ...keyInput, KeySpec: "AES_256" }],
    "kms:GenerateDataKeyPair": [{ ...keyInput, KeyPairSpec: "ECC_NIST_P256" }],
    "kms:GenerateDataKeyPairWithoutPlaintext": [{ ...keyInput, KeyPairSpec: "ECC_NIST_P256" }],
    "kms:GenerateMac": [
      { KeyId: "alias/mac", Message: message, MacAlgorithm: "HMAC_SHA_256" },
      { KeyId: key, Message: message, MacAlgorithm: "HMAC_SHA_256" },
      { KeyId: mac, Message: message, MacAlgorithm: "HMAC_SHA_256" },
    ],
    "kms:VerifyMac": [
      { KeyId: "alias/mac", Message: message, MacAlgorithm: "HMAC_SHA_256", Mac: message },
      { KeyId: key, Message: message, MacAlgorithm: "HMAC_SHA_256", Mac: message },
    ],
    "kms:GetParametersForImport": [
      { KeyId: key, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" },
      { KeyId: external, WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" },
    ],
    "kms:GetPublicKey": [{ KeyId: "alias/app" }, { KeyId: signing }],
    "kms:ImportKeyMaterial": [
      {
        ...{ KeyId: key, ImportToken: message, EncryptedKeyMaterial: message },
        ...{ ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(2e12) },
      },
    ],
    "kms:PutKeyPolicy": [{ KeyId: key, Policy: resourcePolicy, BypassPolicyLockoutSafetyCheck: true }],
    "kms:ReEncrypt": [
      {
        ...{ CiphertextBlob: made.blob, SourceKeyId: "alias/app", SourceEncryptionContext: context },
        ...{ DestinationKeyId: "alias/app", DestinationEncryptionContext: context },
      },
    ],
    "kms:RetireGrant": [{ KeyId: arn("kms", `key/${key}`), GrantId: grant }],
    "kms:Sign": [
      { KeyId: "alias/signing", Message: message, SigningAlgorithm: "RSASSA_PSS_SHA_256", MessageType: "RAW" },
      { KeyId: key, Message: message, SigningAlgorithm: "RSASSA_PSS_SHA_256" },
    ],
    "kms:Verify": [
      {
        ...{ KeyId: "alias/signing", Message: message, Signature: message },
        ...{ SigningAlgorithm: "RSASSA_PSS_SHA_256", MessageType: "RAW" },
      },
      { KeyId: key, Message: message, Signature: message, SigningAlgorithm: "RSASSA_PSS_SHA_256" },
    ],

    "secretsmanager:CreateSecret": [
      {
        ...{ Name: "new", Description: "A description", SecretString: "{}", KmsKeyId: "alias/app", Tags: tags },
        ...{ AddReplicaRegions: [{ Region: "eu-west-1" }], ForceOverwriteReplicaSecret: true },
      },
    ],
    "secretsmanager:BatchGetSecretValue": [{ SecretIdList: ["app"] }, { Filters: [{ Key: "name", Values: ["app"] }] }],
    "secretsmanager:DeleteSecret": [
      { SecretId: "app", RecoveryWindowInDays: 7 },
      { SecretId: "app", ForceDeleteWithoutRecovery: true },
    ],
    "secretsmanager:PutSecretValue": [
      { SecretId: "app", SecretString: "{}", ClientRequestToken: versionId, VersionStages: ["AWSPENDING"] },
    ],
    "secretsmanager:RotateSecret": [
      {
        ...{ SecretId: "app", RotationLambdaARN: rotationFunction, RotateImmediately: true },
        RotationRules: { AutomaticallyAfterDays: 30 },
      },
      { SecretId: "app", RotationLambdaARN: arn("ecs", "task-definition/app:1") },
    ],
    "secretsmanager:UpdateSecret": [{ SecretId: "app", Description: "Another", KmsKeyId: "alias/app" }],

    "logs:AssociateKmsKey": [{ logGroupName: "app", kmsKeyId: key }],
    "logs:CreateLogGroup": [{ logGroupName: "app", tags: { team: "web" } }],
    "logs:DescribeLogStreams": [{ logGroupName: "app" }],
    "logs:DescribeMetricFilters": [{ logGroupName: "app" }],
    "logs:DisassociateKmsKey": [{ logGroupName: "app" }],
    "logs:FilterLogEvents": [{ logGroupName: "app" }],
    "logs:GetLogEvents": [{ logGroupName: "app", logStreamName: "web" }],
    "logs:PutLogGroupDeletionProtection": [{ logGroupIdentifier: "app", deletionProtectionEnabled: false }],
    "logs:StartLiveTail": [{ logGroupIdentifiers: [arn("logs", "log-group:app")] }],
    "logs:StartQuery": [{ logGroupName: "app", startTime: 0, endTime: 1, queryString: "fields @message" }],
    "logs:UntagLogGroup": [{ logGroupName: "app", tags: ["team"] }],
    "ssm:CreateActivation": [{ IamRole: "app", Tags: tags }],
    "ssm:DeleteActivation": [{ ActivationId: versionId }],
    "ssm:GetParametersByPath": [{ Path: "/app", Recursive: true }],
    "ssm:PutParameter": [
      { Name: "/app/db", Type: "String", Value: "v", Overwrite: true },
      {
        ...{ Name: "/app/new", Type: "String", Value: "v", Tags: tags, Tier: "Advanced" },
        Policies: JSON.stringify([
          { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "20", Unit: "Days" } },
        ]),
      },
    ],
    "ssm:PutResourcePolicy": [{ ResourceArn: arn("ssm", "parameter/app/db"), Policy: resourcePolicy }],

    "signin:CreateOAuth2Token": made.tokens,
    "sts:AssumeRole": [
      {
        ...{ RoleArn: iamArn("role/app"), RoleSessionName: "session", ExternalId: "external", SourceIdentity: "alice" },
        ...{ Tags: tags, TransitiveTagKeys: ["team"] },
      },
    ],
    "sts:GetWebIdentityToken": [
      { Audience: ["https://api.example.com"], SigningAlgorithm: "ES384", DurationSeconds: 600, Tags: tags },
    ],
  };
}
