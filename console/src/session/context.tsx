import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import { type Api, createApi } from "../api/client.ts";
import { isExpired } from "../api/error.ts";
import type { Session } from "./session.ts";
import type { SessionState, SessionStore } from "./store.ts";

interface Signed {
  readonly api: Api;
  readonly session: Session;
  /** True until the person has signed in again. */
  readonly isOver: boolean;
}

const SignedContext = createContext<Signed | undefined>(undefined);

export function useSessionState(store: SessionStore): SessionState {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** What is inside works as this session, in this Region. */
export function SignedIn({
  store,
  session,
  isOver,
  region,
  children,
}: {
  readonly store: SessionStore;
  readonly session: Session;
  readonly isOver: boolean;
  readonly region: string;
  readonly children: ReactNode;
}) {
  const { arn } = session.identity;
  // biome-ignore lint/correctness/useExhaustiveDependencies: renewed credentials of one identity are no new client
  const api = useMemo(() => apiOf(store, region), [store, region, arn]);
  const signed = useMemo(() => ({ api, session, isOver }), [api, session, isOver]);
  return <SignedContext value={signed}>{children}</SignedContext>;
}

/** A client with the newest credentials, which tells the store when they are refused. */
function apiOf(store: SessionStore, region: string): Api {
  const current = () => {
    const state = store.get();
    return state.kind === "signed-out" ? undefined : state.session;
  };
  const api = createApi({
    region,
    credentials: () => current()?.credentials ?? { accessKeyId: "", secretAccessKey: "" },
  });
  return {
    region,
    async call(service, operation, input, options) {
      const session = current();
      try {
        return await api.call(service, operation, input, options);
      } catch (error) {
        if (session && isExpired(error)) store.expire(session);
        throw error;
      }
    },
  };
}

function useSigned(): Signed {
  const signed = useContext(SignedContext);
  if (!signed) throw new Error("Nobody is signed in here");
  return signed;
}

export function useApi(): Api {
  return useSigned().api;
}

export function useSession(): Session {
  return useSigned().session;
}

/** True where the session has ended: its secrets are not to be seen any more. */
export function useIsOver(): boolean {
  return useSigned().isOver;
}
