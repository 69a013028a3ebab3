import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { keptCredentials } from "./kept-credentials.ts";

const hour = 60 * 60 * 1000;

function asked(clock: ReturnType<typeof fakeClock>, life?: number) {
  const state = { count: 0, fails: false };
  const credentials = keptCredentials(async () => {
    state.count++;
    if (state.fails) throw new Error("no credentials");
    const expiration = life === undefined ? {} : { expiration: new Date(clock.now().getTime() + life) };
    return { accessKeyId: `key-${state.count}`, secretAccessKey: "secret", ...expiration };
  }, clock);
  return { state, credentials };
}

test("credentials are asked for once, and anew five minutes before they expire", async () => {
  const clock = fakeClock();
  const { state, credentials } = asked(clock, hour);
  const [one, other] = await Promise.all([credentials(), credentials()]);
  assert.equal(one, other);
  clock.advance(hour - 5 * 60 * 1000 - 1);
  assert.equal(await credentials(), one);
  clock.advance(1);
  assert.equal((await credentials()).accessKeyId, "key-2");
  assert.equal(state.count, 2);
});

test("credentials that do not expire are kept, and a failure is not", async () => {
  const clock = fakeClock();
  const { state, credentials } = asked(clock);
  state.fails = true;
  await assert.rejects(credentials(), /no credentials/);
  state.fails = false;
  const first = await credentials();
  clock.advance(1000 * hour);
  assert.equal(await credentials(), first);
  assert.equal(state.count, 2);
});
