import { useState } from "react";
import { useRead } from "../../data/use-call.ts";
import { findUses, type Progress } from "./find.ts";

/** Milliseconds between two searches that take so many calls at most. A longer one is done again when the reader asks. */
const [often, cheap] = [10_000, 30];

/** Who uses a secret or parameter, with how far the search is. */
export function useUses(arn: string) {
  const [progress, setProgress] = useState<Progress>();
  const [live, setLive] = useState<number>();
  const read = useRead(
    ["ecs", "uses", arn],
    (api, { signal }) => findUses(api, arn, { signal, onProgress: setProgress }),
    { live, isCostly: true, enabled: arn !== "" },
  );
  const next = read.data && read.data.calls <= cheap ? often : undefined;
  if (next !== live) setLive(next);
  return { read, progress };
}
