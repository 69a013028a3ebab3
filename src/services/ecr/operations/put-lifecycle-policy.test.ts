import assert from "node:assert/strict";
import { assertRefused, lifecycleOf, listOf, notFound, push, replaceRepository, testEcr } from "../ecr.fixture.ts";

const day = 24 * 60 * 60 * 1000;
const repositoryName = "app";

testEcr("PutLifecyclePolicy deletes images beyond a number and an age, and their manifests", async (setting) => {
  const { ecr, clock, kept, expire } = setting;
  for (const tag of ["prod-1", "prod-2", "prod-3", "dev-1"]) {
    await push(setting, tag, tag);
    clock.advance(1000);
  }
  await push(setting, "untagged");
  const lifecyclePolicyText = lifecycleOf(
    { tagStatus: "tagged", tagPrefixList: ["prod"], countType: "imageCountMoreThan", countNumber: 2 },
    { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 },
    { tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
  );
  const answer = await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText });
  assert.deepEqual([answer.registryId, answer.lifecyclePolicyText], ["111122223333", lifecyclePolicyText]);
  const tags = async () => (await ecr.listImages({ repositoryName })).imageIds!.map((id) => id.imageTag ?? "").sort();
  await expire();
  assert.deepEqual(await tags(), ["", "dev-1", "prod-2", "prod-3"]);
  assert.equal([...kept.keys()].filter((path) => path.includes("/manifests/")).length, 4);
  clock.advance(2 * day);
  await expire();
  assert.deepEqual(await tags(), ["dev-1", "prod-2", "prod-3"]);
  clock.advance(7 * day);
  await expire();
  // The first rule is about them, so that the last one leaves them alone.
  assert.deepEqual(await tags(), ["prod-2", "prod-3"]);
});

testEcr("PutLifecyclePolicy leaves images that a list needs, until the list is gone", async (setting) => {
  const { ecr, clock, expire } = setting;
  const child = await push(setting, "one");
  await ecr.putImage({ repositoryName, imageManifest: listOf(child), imageTag: "all" });
  const selection = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 };
  await ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: lifecycleOf(selection) });
  clock.advance(2 * day);
  await expire();
  assert.equal((await ecr.listImages({ repositoryName })).imageIds!.length, 2);
  await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag: "all" }] });
  clock.advance(day);
  await expire();
  assert.deepEqual((await ecr.listImages({ repositoryName })).imageIds, []);
});

testEcr("PutLifecyclePolicy refuses what is not well-formed, and what is not implemented", async ({ ecr }) => {
  const count = { countType: "imageCountMoreThan", countNumber: 1 };
  const any = { tagStatus: "any", ...count };
  const refused: readonly (readonly [text: string, reason: RegExp])[] = [
    ["x".repeat(100), /it is no JSON/],
    [lifecycleOf(any, any), /tagStatus any must have the highest rulePriority/],
    [lifecycleOf({ tagStatus: "tagged", ...count }), /needs a tagPrefixList or a tagPatternList/],
    [lifecycleOf({ ...any, tagPrefixList: ["a"] }), /for the tagStatus tagged only/],
    [lifecycleOf({ ...any, countUnit: "days" }), /countUnit is not for/],
    [lifecycleOf({ ...any, countType: "sinceImagePushed" }), /needs the countUnit days/],
    [
      lifecycleOf({ ...any, countType: "sinceImagePulled", countUnit: "days" }),
      /"sinceImagePulled" is not implemented/,
    ],
    [lifecycleOf({ ...any, countNumber: 0 }), /countNumber must be a whole number from 1/],
    [lifecycleOf({ ...any, other: 1 }), /selection has the unknown member other/],
    [lifecycleOf(any).replace("expire", "transition"), /the action .* is not implemented by Sealift/],
    [lifecycleOf({ tagStatus: "untagged", ...count }, any).replace(":2", ":1"), /two rules have the rulePriority 1/],
  ];
  for (const [lifecyclePolicyText, reason] of refused) {
    await assertRefused(
      ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText }),
      "InvalidParameterException",
      reason,
    );
  }
  const lifecyclePolicyText = lifecycleOf(any);
  await assertRefused(
    ecr.putLifecyclePolicy({ repositoryName: "gone", lifecyclePolicyText }),
    notFound.name,
    notFound.message,
  );
});

testEcr("PutLifecyclePolicy changes only what was authorised", async (setting) => {
  const { ecr, onceAuthorised } = setting;
  onceAuthorised("ecr:PutLifecyclePolicy", () => replaceRepository(setting));
  const lifecyclePolicyText = lifecycleOf({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 });
  await assertRefused(ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText }), "ServerException");
});
