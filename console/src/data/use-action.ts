import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Api } from "../api/client.ts";
import { useApi } from "../session/context.tsx";

export interface Action<Values extends readonly unknown[], Result> {
  /** Does it. Resolves to undefined if it failed, and `error` says why. */
  readonly run: (...values: Values) => Promise<Result | undefined>;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly clear: () => void;
}

/**
 * Something that the reader does: a write, or the reading of a secret, which must not be kept. After it all that is on the
 * screen is read again, unless `isRead` is set.
 */
export function useAction<Values extends readonly unknown[], Result>(
  act: (api: Api, ...values: Values) => Promise<Result>,
  { isRead = false }: { readonly isRead?: boolean } = {},
): Action<Values, Result> {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<{ readonly isRunning: boolean; readonly error: unknown }>(idle);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const run = useCallback(
    async (...values: Values) => {
      setState({ isRunning: true, error: undefined });
      try {
        const result = await latest.current(api, ...values);
        setState(idle);
        return result;
      } catch (error) {
        setState({ isRunning: false, error });
        return undefined;
      } finally {
        if (!isRead) void queries.invalidateQueries();
      }
    },
    [api, queries, isRead],
  );
  const clear = useCallback(() => setState(idle), []);
  return { run, ...state, clear };
}

const idle = { isRunning: false, error: undefined } as const;
