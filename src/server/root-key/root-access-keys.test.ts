import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { served } from "../../../test/support/served.ts";
import { signedPost } from "../../cli/signed-post.ts";
import { rootAccessKeysPath } from "../installation-paths.ts";

const account = "444455556666";

for (const kind of databases()) {
  test(`the first account's root user makes the root access key of another, in place of the last (${kind.name})`, async () => {
    await using context = await served(await kind.open());
    const { root, as, endpoint, region } = context;
    const { organizations, iam } = as();
    const Tags = [{ Key: "sealift:account-id", Value: account }];
    await organizations.createAccount({ AccountName: "a", Email: "a@example.com", Tags });
    const ask = (credentials: typeof root, input: object, service = "organizations") =>
      signedPost({ endpoint, region, credentials }, service, rootAccessKeysPath, input);

    const first = await ask(root, { account });
    assert.equal(first.status, 200);
    const key = JSON.parse(first.body) as typeof root;
    assert.equal((await as(key).sts.getCallerIdentity({})).Arn, `arn:aws:iam::${account}:root`);
    const found = await as().sts.getAccessKeyInfo({ AccessKeyId: key.accessKeyId });
    assert.equal(found.Account, account);
    const second = JSON.parse((await ask(root, { account })).body) as typeof root;
    await assert.rejects(as(key).sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    assert.equal((await as(second).sts.getCallerIdentity({})).Account, account);

    await iam.createUser({ UserName: "ann" });
    await iam.attachUserPolicy({ UserName: "ann", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    const { AccessKey: made } = await iam.createAccessKey({ UserName: "ann" });
    const ann = { accessKeyId: made!.AccessKeyId!, secretAccessKey: made!.SecretAccessKey! };
    const refused: readonly (readonly [string, Promise<{ status: number; body: string }>, number, string])[] = [
      ["a user, though an administrator", ask(ann, { account }), 403, "AccessDeniedException"],
      ["another account's root user", ask(second, { account }), 403, "AccessDeniedException"],
      ["a wrong secret", ask({ ...root, secretAccessKey: "x" }, { account }), 400, "InvalidSignatureException"],
      ["another service's signature", ask(root, { account }, "iam"), 400, "InvalidSignatureException"],
      ["an account that is not there", ask(root, { account: "999999999999" }), 404, "AccountNotFoundException"],
      ["no account", ask(root, {}), 400, "ValidationException"],
      ["what is no object", ask(root, [null]), 400, "ValidationException"],
    ];
    for (const [what, asked, status, type] of refused) {
      const answer = await asked;
      assert.deepEqual([answer.status, JSON.parse(answer.body).__type], [status, type], what);
    }
    assert.equal((await fetch(endpoint + rootAccessKeysPath, { method: "POST", body: "{}" })).status, 400);
    assert.equal((await fetch(endpoint + rootAccessKeysPath)).status, 404);

    const { Events: events } = await as().cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateRootAccessKey" }],
    });
    assert.equal(events?.length, 2);
    assert.ok(!JSON.stringify(events).includes(second.secretAccessKey));
    assert.deepEqual(context.failures, []);
  });
}
