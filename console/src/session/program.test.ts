import assert from "node:assert/strict";
import { test } from "node:test";
import { addressWithCode, programWish, takesCodeItself } from "./program.ts";

const query = new URLSearchParams({
  response_type: "code",
  client_id: "arn:aws:signin:::devtools/same-device",
  redirect_uri: "http://127.0.0.1:4000/oauth/callback",
  code_challenge: "challenge",
  state: "state&1",
});

test("programWish reads what a program asks for, and nothing that lacks a part", () => {
  const wish = programWish(`?${query}`);
  assert.deepEqual(wish, {
    clientId: "arn:aws:signin:::devtools/same-device",
    redirectUri: "http://127.0.0.1:4000/oauth/callback",
    codeChallenge: "challenge",
    state: "state&1",
  });
  assert.ok(wish && takesCodeItself(wish));
  assert.equal(addressWithCode(wish, "a+b"), "http://127.0.0.1:4000/oauth/callback?code=a%2Bb&state=state%261");
  assert.equal(programWish("?client_id=a"), undefined);
});

test("a code goes to no other machine, and to no script", () => {
  const wish = { clientId: "arn:aws:signin:::devtools/same-device", codeChallenge: "c", state: "" };
  for (const redirectUri of ["https://example.com/", "http://127.0.0.1.example.com/", "javascript:alert(1)", "/"]) {
    assert.equal(takesCodeItself({ ...wish, redirectUri }), false);
    assert.throws(() => addressWithCode({ ...wish, redirectUri }, "code"));
  }
});
