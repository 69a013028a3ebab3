import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../../../test/support/authorized-plane.ts";
import { databases } from "../../../../test/support/databases.ts";
import { linesOf } from "../../../audit/chain/batch.ts";
import type { EventDocument } from "../../../audit/index.ts";

for (const kind of databases()) {
  test(`What a service asks of a customer's key for its caller is an event of KMS's (${kind.name})`, async () => {
    await using opened = await openAuthorizedPlane(kind);
    const { database, clientsOf } = opened;
    const { iam, kms, secrets, ssm } = clientsOf();
    const { KeyMetadata: key } = await kms.createKey({});
    const { ARN: arn, VersionId: version } = await secrets.createSecret({
      ...{ Name: "db", SecretString: "canary-through", KmsKeyId: key!.KeyId },
    });
    await secrets.getSecretValue({ SecretId: "db" });
    await ssm.putParameter({ Name: "a", Type: "SecureString", Value: "canary-through", KeyId: key!.KeyId! });
    const bob = await opened.user("bob");
    const Statement = { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "secrets", PolicyDocument });
    await assert.rejects(clientsOf(bob).secrets.getSecretValue({ SecretId: "db" }), { name: "AccessDeniedException" });
    // Under Secrets Manager's own key.
    await secrets.createSecret({ Name: "other", SecretString: "canary-through" });
    await secrets.getSecretValue({ SecretId: "other" });
    // A refusal's event is waited for by nobody; that of a change is stored after it.
    await opened.user("ann");

    const rows = await database.db.selectFrom("cloudtrail_batches").select("events").orderBy("position").execute();
    const lines = rows.flatMap(({ events }) => linesOf(events));
    assert.doesNotMatch(lines.join(), /canary-through/);
    const events = lines.map((line) => JSON.parse(line) as EventDocument);
    const through = events.filter(({ sourceIPAddress }) => sourceIPAddress.endsWith(".amazonaws.com"));
    const bySecrets = "secretsmanager.amazonaws.com";
    const keyId = key!.Arn;
    // As on AWS, CreateSecret looks first whether its caller may use the key.
    const validates = "RequestToValidateKeyAccess";
    const looking = { SecretARN: validates, SecretVersionId: validates };
    const ofSecret = { SecretARN: arn, SecretVersionId: version };
    const ofParameter = { PARAMETER_ARN: arn!.replace(/:secretsmanager:(.*):secret:.*/, ":ssm:$1:parameter/a") };
    const algorithm = { encryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    const spec = { keyId, keySpec: "AES_256" };
    assert.deepEqual(
      through.map(({ eventName, userIdentity, requestParameters, errorCode }) => [
        ...[eventName, userIdentity.type, userIdentity.invokedBy, requestParameters, errorCode],
      ]),
      [
        ["GenerateDataKey", "Root", bySecrets, { ...spec, encryptionContext: looking }, undefined],
        ["Decrypt", "Root", bySecrets, { ...algorithm, encryptionContext: looking }, undefined],
        ["GenerateDataKey", "Root", bySecrets, { ...spec, encryptionContext: ofSecret }, undefined],
        ["Decrypt", "Root", bySecrets, { ...algorithm, encryptionContext: ofSecret }, undefined],
        ["Encrypt", "Root", "ssm.amazonaws.com", { ...algorithm, keyId, encryptionContext: ofParameter }, undefined],
        ["Decrypt", "IAMUser", bySecrets, { ...algorithm, encryptionContext: ofSecret }, "AccessDenied"],
      ],
    );
    for (const { eventSource, resources } of through) {
      assert.deepEqual([eventSource, resources?.map(({ ARN }) => ARN)], ["kms.amazonaws.com", [keyId]]);
    }
    assert.deepEqual(through.at(-1)!.additionalEventData!.decision, {
      ...{ effect: "implicit-deny", by: "identity", principal: bob.arn, action: "kms:Decrypt", resource: keyId },
    });
    const ids = events.map(({ requestID }) => requestID);
    assert.equal(new Set(ids).size, ids.length);
  });
}
