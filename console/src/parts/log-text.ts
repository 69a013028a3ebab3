/** A line without what a terminal would take for colours and movements. */
export function plain(message: string): string {
  return message.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g, "");
}

/** What was printed in the order of time, for `sort`. */
export function inTime(one: Printed, other: Printed): number {
  return one.at - other.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

interface Printed {
  readonly id: string;
  readonly at: number;
}
