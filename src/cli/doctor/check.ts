/** What one look at the machine found. */
export interface Check {
  /** Stable, for programs. */
  readonly id: string;
  /** `no` keeps Sealift from running tasks here at all; `partly` takes away what the detail says. */
  readonly works: "yes" | "partly" | "no";
  readonly detail: string;
  /** What to do about it. */
  readonly mend?: string;
}

export function works(id: string, detail: string): Check {
  return { id, works: "yes", detail };
}

export function partly(id: string, detail: string, mend: string): Check {
  return { id, works: "partly", detail, mend };
}

export function fails(id: string, detail: string, mend: string): Check {
  return { id, works: "no", detail, mend };
}
