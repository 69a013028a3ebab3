import { testAccount as account, testRegion as region } from "../../../test/support/in-process.ts";
import { definition, member } from "../world.fixture.ts";
import { by, type Case, secrets } from "./case.fixture.ts";

/** Secrets, parameters, keys and registry credentials. */
export const referenceCases: Readonly<Record<string, Case>> = {
  "an ARN with three parts behind secret:": {
    make: secrets(({ secrets }) => `${secrets.db}:user`),
    rules: "reference-malformed",
    aws: /an invalid ARN format for the AWS Secrets Manager secret was specified/,
  },
  "secrets that are not there": {
    make: secrets(() => `arn:aws:secretsmanager:${region}:${account}:secret:no-such-thing-AbCdEf`),
    rules: "secret-not-found",
    aws: /^ResourceNotFoundException: The task can't retrieve the secret with ARN/,
  },
  "a secret in another Region": {
    make: secrets(({ secrets }) => secrets.db.replace(region, "eu-west-1")),
    rules: "secret-not-found",
    mend: () => 'has no secret "db" in eu-west-1',
  },
  "a name that ends in a hyphen and six characters": {
    make: secrets(() => `arn:aws:secretsmanager:${region}:${account}:secret:my-secret`),
    rules: "secret-arn-suffix",
    mend: ({ secrets }) => secrets.hyphen,
  },
  "another suffix, with a JSON key": {
    make: secrets(({ secrets }) => `${secrets.db.slice(0, -6)}AbCdEf:user::`),
    rules: "secret-arn-suffix",
    mend: ({ secrets }) => `${secrets.db}:user::`,
  },
  "an ARN without its suffix": {
    make: secrets(({ secrets }) => `${secrets.db.slice(0, -7)}:user::`),
    values: true,
    rules: "secret-partial-arn",
    mend: ({ secrets }) => `${secrets.db}:user::`,
  },
  "versions that are not there": {
    make: secrets(
      ({ secrets }) => `${secrets.plain}::AWSPREVIOUS:`,
      ({ secrets }) => `${secrets.plain}:::${"0".repeat(32)}`,
    ),
    rules: "secret-version-not-found secret-version-not-found",
  },
  "a secret that is marked for deletion": {
    make: secrets(({ secrets }) => secrets.gone),
    rules: "secret-pending-deletion",
    mend: ({ secrets }) => `aws secretsmanager restore-secret --secret-id ${secrets.gone}`,
  },
  "a secret that may not be read, under a key that may not be used": {
    make: by(
      "nothing",
      secrets(({ secrets }) => secrets.own),
    ),
    rules: "secret-denied key-denied",
    aws: /is not authorized to perform: secretsmanager:GetSecretValue on resource: .* because no identity-based policy allows/,
    mend: ({ secrets }) => `"Action":"kms:Decrypt","Resource":"${secrets.ownKey}"`,
  },
  "a key whose policy leaves IAM out": {
    make: secrets(({ secrets }) => secrets.closed),
    rules: "key-denied",
    aws: /api error AccessDeniedException: Access to KMS is not allowed/,
    mend: ({ secrets }) => `the key policy of ${secrets.closedKey}`,
  },
  "a boundary that leaves out decrypting, with the default keys": {
    make: by(
      "bounded",
      secrets(
        ({ secrets }) => secrets.db,
        () => "/app/url",
      ),
    ),
    rules: "key-denied key-denied",
    mend: () => "the permissions boundary of the role bounded",
  },
  "a key that is disabled": {
    make: secrets(({ secrets }) => secrets.disabled),
    rules: "key-unusable",
    aws: /DecryptionFailure: .* is disabled/,
  },
  "parameters that are not there": {
    make: secrets(
      () => "/app/nothing",
      () => `arn:aws:ssm:${region}:${account}:parameter/app/none`,
    ),
    rules: "parameter-not-found parameter-not-found",
    aws: /invalid parameters: \/app\/nothing$/,
  },
  "a parameter that may not be read": {
    make: by(
      "nothing",
      secrets(() => "/app/url"),
    ),
    rules: "parameter-denied",
    mend: () => `"Action":"ssm:GetParameters","Resource":"arn:aws:ssm:${region}:${account}:parameter/app/url"`,
  },
  "a version of a parameter": { make: secrets(() => "/app/url:1"), rules: "parameter-selector" },
  "a version that a parameter does not have": {
    make: secrets(() => "/app/url:2"),
    rules: "parameter-not-found parameter-selector",
  },
  "a label of a parameter": { make: secrets(() => "/app/url:live"), rules: "parameter-selector not-seen" },
  "a parameter that AWS would not take": {
    make: secrets(() => "awsExampleParameter"),
    rules: "parameter-name-reserved",
  },
  "a parameter that AWS publishes": {
    make: secrets(() => "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"),
    rules: "",
  },
  "a parameter of another account": {
    make: secrets(() => `arn:aws:ssm:${region}:${member}:parameter/app/url`),
    rules: "not-seen",
    mend: () => `whether account ${member} has the parameter and shares it`,
  },
  "a parameter of another account that may not be read": {
    make: by(
      "nothing",
      secrets(() => `arn:aws:ssm:${region}:${member}:parameter/app/url`),
    ),
    rules: "parameter-denied",
    mend: () => `"Action":"ssm:GetParameters","Resource":"arn:aws:ssm:${region}:${member}:parameter/app/url"`,
  },
  "a JSON key without values": { make: secrets(({ secrets }) => `${secrets.db}:user::`), rules: "json-key-not-seen" },
  "a JSON key that is there": {
    make: secrets(
      ({ secrets }) => `${secrets.db}:user::`,
      ({ secrets }) => `${secrets.db}:small::`,
    ),
    values: true,
    rules: "",
  },
  "a JSON key that is not there": {
    make: secrets(({ secrets }) => `${secrets.db}:User::`),
    values: true,
    rules: "json-key-missing",
    aws: /^Retrieved secret from Secrets Manager did not contain json key User$/,
  },
  "JSON values that Go writes differently": {
    make: secrets(
      ({ secrets }) => `${secrets.db}:port::`,
      ({ secrets }) => `${secrets.db}:none::`,
      ({ secrets }) => `${secrets.db}:map::`,
    ),
    values: true,
    rules: "json-value-changed json-value-changed json-value-changed",
  },
  "a JSON key of a secret that is no JSON": {
    make: secrets(({ secrets }) => `${secrets.plain}:user::`),
    values: true,
    rules: "json-malformed",
    aws: /^Invalid character 'o' in literal null|^Invalid character/,
  },
  "a binary secret, and a JSON key of one": {
    make: secrets(
      ({ secrets }) => secrets.binary,
      ({ secrets }) => `${secrets.binary}:user::`,
    ),
    values: true,
    rules: "secret-binary secret-binary",
  },
  "registry credentials that are no JSON": {
    make: ({ secrets }) => definition({ repositoryCredentials: { credentialsParameter: secrets.plain } }),
    values: true,
    rules: "registry-credentials-malformed",
    aws: /^Asm fetching authorization data: unable to unmarshal secret value, invalid schema$/,
  },
  "registry credentials that may not be read": {
    make: by("nothing", (world) =>
      definition({ repositoryCredentials: { credentialsParameter: world.secrets.registry } }),
    ),
    rules: "secret-denied",
    aws: /^Asm fetching secret from the service for .* api error AccessDeniedException/,
  },
  "a key that is gone": {
    make: secrets(({ secrets }) => secrets.own),
    seen: (account) => ({ ...account, key: async () => undefined }),
    rules: "key-not-found",
    aws: /AccessDeniedException: Access to KMS is not allowed/,
  },
  "a secret of another account under its default key": {
    make: secrets(({ secrets }) => secrets.foreign),
    rules: "secret-foreign-default-key",
    aws: /InvalidRequestException: You can't access a secret from a different AWS account/,
  },
};
