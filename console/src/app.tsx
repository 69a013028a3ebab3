import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, type RouteObject } from "react-router";
import { RouterProvider } from "react-router/dom";
import { isTransient } from "./api/error.ts";
import { patiently } from "./api/patiently.ts";
import { LanguageProvider } from "./i18n/cloudscape.tsx";
import { type Preferences, readPreferences, writePreferences } from "./i18n/preferences.ts";
import { subjects } from "./pages/index.ts";
import { FlashProvider } from "./parts/flash.tsx";
import type { Arrival } from "./session/arrival.ts";
import { SignedIn, useSessionState } from "./session/context.tsx";
import type { Session as SignedInSession } from "./session/session.ts";
import { SessionStore } from "./session/store.ts";
import { serveTabs } from "./session/tabs.ts";
import { NotFound, PageBoundary } from "./shell/boundary.tsx";
import { Expired } from "./shell/expired.tsx";
import { PreferencesContext } from "./shell/preferences.tsx";
import { inRegion, regionOf } from "./shell/regions.ts";
import { Shell } from "./shell/shell.tsx";
import { SignInPage } from "./shell/sign-in-page.tsx";
import { applyTheme } from "./shell/theme.ts";

/** Shows the console. */
export function show(root: HTMLElement, arrival: Arrival): void {
  createRoot(root).render(<App arrival={arrival} />);
}

interface AppProps {
  readonly arrival: Arrival;
}

/** The console: its choice of language and appearance, its session, and its pages in one Region. */
function App({ arrival }: AppProps) {
  const [preferences, setPreferences] = useState(readPreferences);
  const [region, setRegion] = useState(() => regionOf(location.pathname) ?? preferences.region ?? "us-east-1");
  const [store] = useState(() => new SessionStore(region, arrival.session));
  const control = useMemo(
    () => ({
      preferences,
      change(part: Partial<Preferences>) {
        const next = { ...preferences, ...part };
        setPreferences(next);
        writePreferences(next);
      },
    }),
    [preferences],
  );
  useEffect(() => applyTheme(preferences), [preferences]);
  useEffect(() => {
    store.region = region;
    const goesBack = () => setRegion((current) => regionOf(location.pathname) ?? current);
    addEventListener("popstate", goesBack);
    return () => removeEventListener("popstate", goesBack);
  }, [store, region]);
  return (
    <PreferencesContext value={control}>
      <LanguageProvider language={preferences.language}>
        <Session
          store={store}
          region={region}
          arrival={arrival}
          onRegion={(next) => {
            control.change({ region: next });
            history.pushState(null, "", inRegion(next, location));
            setRegion(next);
          }}
        />
      </LanguageProvider>
    </PreferencesContext>
  );
}

interface SessionProps extends AppProps {
  readonly store: SessionStore;
  readonly region: string;
  readonly onRegion: (region: string) => void;
}

function Session({ store, region, arrival, onRegion }: SessionProps) {
  const state = useSessionState(store);
  useEffect(() => serveTabs(store), [store]);
  const [problem, setProblem] = useState(arrival.problem);
  if (state.kind === "signed-out") {
    const onSession = (session: SignedInSession) => {
      setProblem(undefined);
      store.signIn(session);
    };
    return <SignInPage region={region} onSession={onSession} problem={problem} />;
  }
  const { session } = state;
  return (
    // What one identity has read is gone before another one is there.
    <SignedIn
      key={session.identity.arn}
      store={store}
      session={session}
      isOver={state.kind === "expired"}
      region={region}
    >
      <Pages key={region} store={store} region={region} onRegion={onRegion} />
      {state.kind === "expired" && <Expired store={store} />}
    </SignedIn>
  );
}

/** The pages of one Region. An address without one, such as one that is typed by hand, gets this one. */
function Pages({ store, region, onRegion }: Omit<SessionProps, "arrival">) {
  const base = `/console/${region}`;
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: (count, error) => count < 2 && isTransient(error),
            staleTime: 1_000,
            refetchOnWindowFocus: true,
          },
        },
      }),
  );
  const [router] = useState(() => {
    if (regionOf(location.pathname) !== region) history.replaceState(history.state, "", inRegion(region, location));
    return createBrowserRouter(routes({ store, onRegion }), { basename: base });
  });
  useEffect(
    () => () => {
      router.dispose();
      queries.clear();
    },
    [router, queries],
  );
  useEffect(() => {
    const complete = () => {
      if (regionOf(location.pathname) !== undefined) return;
      // The router knows addresses of its Region only, and shows nothing at others.
      void router.navigate(inRegion(region, location).slice(base.length), { replace: true });
    };
    addEventListener("popstate", complete);
    return () => removeEventListener("popstate", complete);
  }, [router, region, base]);
  return (
    <QueryClientProvider client={queries}>
      <FlashProvider>
        <RouterProvider router={router} />
      </FlashProvider>
    </QueryClientProvider>
  );
}

function routes({ store, onRegion }: Pick<SessionProps, "store" | "onRegion">): RouteObject[] {
  return [
    {
      element: <Shell store={store} subjects={subjects} onRegion={onRegion} />,
      children: [
        {
          errorElement: <PageBoundary />,
          children: [
            ...subjects.flatMap((subject) =>
              subject.routes.map(({ path, load }) => ({
                path,
                lazy: async () => ({ Component: (await patiently(load)).default }),
              })),
            ),
            { path: "*", element: <NotFound /> },
          ],
        },
      ],
      // Nothing stands there while the first page is loaded.
      HydrateFallback: () => null,
    },
  ];
}
