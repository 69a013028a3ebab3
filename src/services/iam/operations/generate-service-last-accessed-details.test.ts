import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { arnOf } from "../iam.fixture.ts";
import { serviceNames } from "../last-accessed/granted-services.ts";
import { openLastAccessed } from "../last-accessed/last-accessed.fixture.ts";

for (const kind of databases()) {
  test(`GenerateServiceLastAccessedDetails reports on every service of this server that a policy allows (${kind.name})`, async () => {
    await using setting = await openLastAccessed(kind);
    const { context, generate, report } = setting;
    const administrator = await report(await generate("arn:aws:iam::aws:policy/AdministratorAccess"));
    assert.deepEqual(
      administrator.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace),
      context.plane.services.map(({ signingName }) => signingName).sort(),
      "every service that is here, and its name is known",
    );
    assert.deepEqual(Object.keys(serviceNames), context.plane.services.map(({ signingName }) => signingName).sort());
  });

  test(`GenerateServiceLastAccessedDetails refuses what is no entity of the account (${kind.name})`, async (t) => {
    await using setting = await openLastAccessed(kind);
    const wrong: readonly (readonly [string, string, string])[] = [
      [arnOf("user/none"), "NoSuchEntityException", "The user with name none cannot be found."],
      [arnOf("role/a/none"), "NoSuchEntityException", "The role with name none cannot be found."],
      [arnOf("group/none"), "NoSuchEntityException", "The group with name none cannot be found."],
      [arnOf("policy/none"), "NoSuchEntityException", `Policy ${arnOf("policy/none")} was not found.`],
      ["arn:aws:iam::444455556666:user/bob", "NoSuchEntityException", "The user with name bob cannot be found."],
      [arnOf("root:nobody"), "InvalidInputException", `ARN ${arnOf("root:nobody")} is not valid.`],
      ["arn:aws:s3:::some-bucket-name", "InvalidInputException", "ARN arn:aws:s3:::some-bucket-name is not valid."],
    ];
    for (const [Arn, name, message] of wrong) {
      await t.test(Arn, () =>
        assert.rejects(setting.iam.generateServiceLastAccessedDetails({ Arn }), { name, message }),
      );
    }
  });
}
