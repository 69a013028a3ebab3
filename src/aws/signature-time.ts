const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The time in an `x-amz-date` header (ISO 8601, basic format) or a `date` header (that, or HTTP's own format). */
export function parseTime(text: string): Date | undefined {
  const parts = basic.exec(text);
  if (!parts && !httpDate.test(text)) return undefined;
  const [, year, month, day, hour, minute, second] = parts ?? [];
  const time = new Date(parts ? `${year}-${month}-${day}T${hour}:${minute}:${second}Z` : text);
  if (Number.isNaN(time.getTime())) return undefined;
  // `Date` takes 30 February for 2 March; what was signed is the text.
  return parts && formatTime(time) !== text ? undefined : time;
}

/** The second that was formatted last: a request needs its own several times, and so do those beside it. */
let last = { second: Number.NaN, text: "" };

/** ISO 8601, basic format, whole seconds: `20260102T030405Z`. */
export function formatTime(time: Date): string {
  const second = Math.floor(time.getTime() / 1000);
  if (second !== last.second) {
    const text = time.toISOString();
    const clock = `${text.slice(11, 13)}${text.slice(14, 16)}${text.slice(17, 19)}`;
    last = { second, text: `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 10)}T${clock}Z` };
  }
  return last.text;
}
