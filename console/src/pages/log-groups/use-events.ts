import { useEffect, useState } from "react";
import { useApi } from "../../session/context.tsx";
import { type EventsRead, reader } from "./read-events.ts";

export interface UseEvents {
  readonly group: string;
  readonly stream: string | undefined;
  readonly pattern: string;
  /** Seconds before now; empty for the beginning. */
  readonly since: string;
  /** True to read again every two seconds. */
  readonly isTailing: boolean;
  readonly isMasked: boolean;
  /** Another number reads anew. */
  readonly attempt: number;
}

interface State extends EventsRead {
  readonly error: unknown;
  readonly isReading: boolean;
}

/** Milliseconds between two looks. */
const interval = 2_000;

const nothing: State = { events: [], hasMore: false, error: undefined, isReading: true };

/** The events of a log group. They are kept here only, and go with the page. */
export function useEvents({ group, stream, pattern, since, isTailing, isMasked, attempt }: UseEvents): State {
  const api = useApi();
  const [state, setState] = useState(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt reads anew
  useEffect(() => {
    setState((current) => ({ ...current, isReading: true }));
    const from = since === "" ? 0 : Math.floor(Date.now() - Number(since) * 1_000);
    const { look } = reader(api, { group, stream, pattern, since: from, isMasked });
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(isFirst: boolean): Promise<void> {
      let hasMore = false;
      try {
        if (isFirst || !document.hidden) {
          const found = await look(abort.signal);
          hasMore = found.hasMore;
          setState((current) =>
            current.events === found.events && current.error === undefined && !current.isReading
              ? current
              : { ...found, error: undefined, isReading: false },
          );
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        setState({ ...nothing, error, isReading: false });
      }
      // What is there already is read to its end, whether new events are waited for or not.
      if (!abort.signal.aborted && (isTailing || hasMore)) timer = setTimeout(() => void again(false), interval);
    }
    void again(true);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, group, stream, pattern, since, isTailing, isMasked, attempt]);
  return state;
}
