import assert from "node:assert/strict";
import { test } from "node:test";
import { GenerateRandomCommand } from "@aws-sdk/client-kms";
import { openKms } from "../kms.fixture.ts";

test("GenerateRandom gives as many bytes as asked for", async () => {
  await using opened = await openKms();
  const first = await opened.kms.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
  const second = await opened.kms.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
  assert.equal(first.Plaintext?.length, 24);
  assert.notDeepEqual(first.Plaintext, second.Plaintext);
  await assert.rejects(opened.kms.send(new GenerateRandomCommand({})), {
    name: "ValidationException",
    message: "NumberOfBytes is required.",
  });
});
