import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../test/support/authorized-plane.ts";
import { databases } from "../../test/support/databases.ts";
import { testRegion } from "../../test/support/in-process.ts";
import { linesOf } from "./chain/batch.ts";

for (const kind of databases()) {
  test(`What was denied within an operation is kept as a whole with its event (${kind.name})`, async () => {
    await using opened = await openAuthorizedPlane(kind);
    const { database, clientsOf } = opened;
    const { iam, kms, secrets } = clientsOf();
    const bob = await opened.user("bob");
    const Statement = { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "secrets", PolicyDocument });
    const { KeyMetadata: key } = await kms.createKey({ Tags: [{ TagKey: "team", TagValue: "web" }] });
    const { Policy: keyPolicy } = await kms.getKeyPolicy({ KeyId: key!.KeyId });
    const secret = await secrets.createSecret({ Name: "db", SecretString: "hunter2", KmsKeyId: key!.KeyId });
    await assert.rejects(clientsOf(bob).secrets.getSecretValue({ SecretId: "db" }), { name: "AccessDeniedException" });
    // A refusal's event is waited for by nobody; that of a change is stored after it.
    await opened.user("ann");

    const rows = await database.db
      .selectFrom("cloudtrail_batches")
      .select(["events", "decision"])
      .where("decision", "is not", null)
      .orderBy("position")
      .execute();
    const names = rows.map(({ events }) => linesOf(events).map((line) => JSON.parse(line).eventName));
    // KMS's own event, and that of the call it was asked for.
    assert.deepEqual(names, [["Decrypt"], ["GetSecretValue"]]);
    const row = rows.at(-1);
    const { access, decisions } = JSON.parse(Buffer.from(row!.decision!).toString());
    assert.deepEqual(
      decisions.map(({ action, effect }: { action: string; effect: string }) => [action, effect]),
      [
        ["secretsmanager:GetSecretValue", "allow"],
        ["kms:Decrypt", "implicit-deny"],
      ],
    );
    const { conditions, ...asked } = access;
    assert.deepEqual(asked, {
      action: "kms:Decrypt",
      resource: key!.Arn,
      resourceAccount: key!.AWSAccountId,
      calledVia: ["secretsmanager.amazonaws.com"],
      resourcePolicy: { name: "default", document: keyPolicy, rule: "alone" },
    });
    assert.deepEqual(
      [conditions["kms:ViaService"], conditions["aws:ResourceTag/team"], conditions["kms:EncryptionContext:SecretARN"]],
      [`secretsmanager.${testRegion}.amazonaws.com`, "web", secret.ARN],
    );
  });

  test(`The end of the process waits for events that no answer waited for (${kind.name})`, async () => {
    await using opened = await openAuthorizedPlane(kind);
    const { database, clientsOf, plane } = opened;
    const { iam } = clientsOf();
    await Promise.all([iam.listUsers({}), iam.listRoles({}), iam.listGroups({})]);
    await plane.flush();
    const rows = await database.db.selectFrom("cloudtrail_batches").select("events").execute();
    const names = rows.flatMap(({ events }) => linesOf(events).map((line) => JSON.parse(line).eventName));
    assert.deepEqual(names.filter((name) => name.startsWith("List")).sort(), ["ListGroups", "ListRoles", "ListUsers"]);
  });
}
