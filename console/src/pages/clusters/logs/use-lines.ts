import { useEffect, useState } from "react";
import { useApi } from "../../../session/context.tsx";
import { follower, type LogLine } from "./follow.ts";
import type { LogPlace } from "./log-places.ts";

export interface LinesWanted {
  readonly places: readonly LogPlace[];
  readonly pattern: string;
  readonly isPaused: boolean;
  /** Seconds before now; empty for the beginning. */
  readonly since: string;
  /** Seconds since 1970. */
  readonly beginning: number;
}

interface Read {
  readonly lines: readonly LogLine[];
  readonly error: unknown;
}

/** Milliseconds between two looks. */
const interval = 2_000;

const nothing: Read = { lines: [], error: undefined };

/** The newest lines, read again every two seconds while the page is visible. They are kept here only, and go with the page. */
export function useLines({ places, pattern, isPaused, since, beginning }: LinesWanted): Read {
  const api = useApi();
  const [read, setRead] = useState(nothing);
  const where = JSON.stringify(places);
  // Where there are only further streams, what was read is shown until they are read, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines are wanted
  useEffect(() => {
    setRead(nothing);
  }, [pattern, since]);
  useEffect(() => {
    if (isPaused) return undefined;
    const start = since === "" ? beginning * 1_000 : Math.max(beginning * 1_000, Date.now() - Number(since) * 1_000);
    const { look, kept } = follower(api, {
      places: JSON.parse(where) as LogPlace[],
      since: Math.floor(start),
      pattern,
    });
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function again(): Promise<void> {
      try {
        if (!document.hidden) {
          const lines = await look(abort.signal);
          setRead((current) =>
            current.lines === lines && current.error === undefined ? current : { lines, error: undefined },
          );
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        setRead(({ lines }) => ({ lines: kept().length > 0 ? kept() : lines, error }));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void again(), interval);
    }
    void again();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, where, pattern, isPaused, since, beginning]);
  return read;
}
