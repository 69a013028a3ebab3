import assert from "node:assert/strict";
import { assertRefused, testEcr } from "../ecr.fixture.ts";

testEcr("CreateRepository makes a repository with AWS's URI, and asks for its tags", async ({ ecr, asked }) => {
  const { repository } = await ecr.createRepository({
    repositoryName: "team/api",
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filterType: "WILDCARD", filter: "dev-*" }],
    imageScanningConfiguration: { scanOnPush: true },
    tags: [{ Key: "env", Value: "prod" }],
  });
  const { createdAt, ...rest } = repository!;
  assert.ok(createdAt);
  assert.deepEqual(rest, {
    repositoryArn: "arn:aws:ecr:us-east-1:111122223333:repository/team/api",
    registryId: "111122223333",
    repositoryName: "team/api",
    repositoryUri: "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/api",
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filterType: "WILDCARD", filter: "dev-*" }],
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: "AES256" },
  });
  const [create, tag] = asked.slice(-2);
  assert.deepEqual([create?.action, tag?.action], ["ecr:CreateRepository", "ecr:TagResource"]);
  assert.equal(create?.conditions?.["aws:RequestTag/env"], "prod");
});

testEcr("CreateRepository refuses a name that is taken or wrong, and what it cannot do", async ({ ecr }) => {
  await assertRefused(
    ecr.createRepository({ repositoryName: "app" }),
    "RepositoryAlreadyExistsException",
    "The repository with name 'app' already exists in the registry with id '111122223333'",
  );
  await assertRefused(
    ecr.createRepository({ repositoryName: "App" }),
    "InvalidParameterException",
    /^Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression /,
  );
  const kms = { encryptionType: "KMS" } as const;
  await assertRefused(
    ecr.createRepository({ repositoryName: "sealed", encryptionConfiguration: kms }),
    "InvalidParameterException",
    "The encryption type KMS is not implemented by Sealift",
  );
  await assertRefused(
    ecr.createRepository({ repositoryName: "odd", imageTagMutability: "MUTABLE_WITH_EXCLUSION" }),
    "InvalidParameterException",
  );
  await assertRefused(
    ecr.createRepository({ repositoryName: "odd", tags: [{ Key: "aws:a", Value: "b" }] }),
    "InvalidTagParameterException",
  );
});
