import assert from "node:assert/strict";

/** Asserts that the API answers an error with this name and message. */
export async function assertRefused(answer: Promise<unknown>, name: string, message?: string | RegExp): Promise<void> {
  await assert.rejects(answer, (error: Error) => {
    assert.equal(error.name, name, error.message);
    if (typeof message === "string") assert.equal(error.message, message);
    else if (message) assert.match(error.message, message);
    return true;
  });
}
