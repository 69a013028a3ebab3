/** Messages between the tabs of this origin. None holds credentials: a code is of use to the tab only that made its challenge. */
export type TabMessage =
  | { readonly kind: "wish"; readonly codeChallenge: string }
  | { readonly kind: "coming"; readonly codeChallenge: string }
  | { readonly kind: "code"; readonly codeChallenge: string; readonly code: string }
  | { readonly kind: "sign-out" };

export function openChannel(): BroadcastChannel {
  return new BroadcastChannel("sealift.session");
}
