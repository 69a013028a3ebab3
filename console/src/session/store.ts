import { fresh, renewed } from "./renew.ts";
import type { Session } from "./session.ts";

/** Milliseconds before the end at which credentials are renewed. */
const renewBefore = 120_000;

/** Milliseconds after which a renewal that failed is tried again. */
const tryAgain = 15_000;

export type SessionState =
  | { readonly kind: "signed-out" }
  | { readonly kind: "signed-in"; readonly session: Session }
  /** The credentials do not work any more. What is on the screen stays until the person signs in again. */
  | { readonly kind: "expired"; readonly session: Session };

/** The one session of this page. It tells its listeners of every change, and renews itself. */
export class SessionStore {
  #state: SessionState = { kind: "signed-out" };
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  /** The Region whose STS renews the session. */
  region: string;

  constructor(region: string, session?: Session) {
    this.region = region;
    if (session) this.signIn(session);
  }

  readonly get = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  signIn(session: Session): void {
    this.#set({ kind: "signed-in", session });
  }

  /** Goes back to the session that assumed the role. Its own credentials may have ended meanwhile. */
  async switchBack(base: Session): Promise<void> {
    const session = await fresh(base, this.region).catch(() => base);
    // Who signed out meanwhile is not signed in again.
    if (this.#state.kind !== "signed-out" && this.#state.session.base) this.signIn(session);
  }

  signOut(): void {
    this.#set({ kind: "signed-out" });
  }

  /** The API refused the credentials of this session. */
  expire(session: Session): void {
    if (this.#state.kind === "signed-in" && this.#state.session === session) this.#set({ kind: "expired", session });
  }

  #set(state: SessionState): void {
    this.#state = state;
    clearTimeout(this.#timer);
    if (state.kind === "signed-in") this.#plan(state.session);
    for (const listener of this.#listeners) listener();
  }

  #plan(session: Session): void {
    const left = session.expiresAt - Date.now();
    // Half of what is left where that is short, so that a session of a minute is not renewed all the time.
    const wait = Math.max(left - renewBefore, left / 2, 0);
    this.#timer = setTimeout(() => void this.#renew(session), Math.min(wait, 2 ** 31 - 1));
  }

  async #renew(session: Session): Promise<void> {
    const next = await renewed(session, this.region).catch(() => undefined);
    if (this.#state.kind !== "signed-in" || this.#state.session !== session) return;
    if (next) return this.#set({ kind: "signed-in", session: next });
    const left = session.expiresAt - Date.now();
    if (left <= 0) return this.#set({ kind: "expired", session });
    this.#timer = setTimeout(() => void this.#renew(session), Math.min(left, tryAgain));
  }
}
