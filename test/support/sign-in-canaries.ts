import assert from "node:assert/strict";
import { clientsOf } from "./clients.ts";
import type { Sealift } from "./sealift.ts";
import { authorize, newWish, takeToken } from "./sign-in.ts";

/** Signs in with passwords, right and wrong, and keeps every secret that this takes and gives. Gives the answers that refuse. */
export async function signInAndKeep(
  sealift: Sealift,
  account: string,
  keep: (value: string) => string,
): Promise<string> {
  const { iam } = clientsOf(sealift);
  const password = keep("Canary-sign-in-password-6e01b4");
  await iam.createUser({ UserName: "signer" });
  await iam.createLoginProfile({ UserName: "signer", Password: password });
  const { verifier, wish } = newWish();
  keep(verifier);
  const form = { ...wish, accountId: account, userName: "signer" };
  const wrong = await authorize(sealift, { ...form, password: keep("canary-wrong-password-b7720e") });
  // Somebody typed the password into the wrong field.
  const swapped = await authorize(sealift, { ...form, userName: password, password: "signer" });
  const { code = "" } = await authorize(sealift, { ...form, password });
  const asked = { grantType: "authorization_code", code: keep(code), codeVerifier: verifier, redirectUri: "/console/" };
  const token = await takeToken(sealift, asked);
  assert.equal(token.status, 200);
  keep(token.refreshToken);
  const renewed = await takeToken(sealift, { grantType: "refresh_token", refreshToken: token.refreshToken });
  keep(renewed.refreshToken);
  for (const { accessToken } of [token, renewed]) {
    keep(accessToken.secretAccessKey);
    keep(accessToken.sessionToken);
  }
  const late = await takeToken(sealift, asked);
  return JSON.stringify([wrong, swapped, late]);
}
