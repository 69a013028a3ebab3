import { useLanguage } from "../i18n/messages.ts";
import { formatDate } from "./date-formats.ts";

/** A moment in the reader's time zone. `at` is in seconds since 1970, as AWS JSON has it. */
export function Time({ at, seconds = false }: { readonly at: number | undefined; readonly seconds?: boolean }) {
  const language = useLanguage();
  if (at === undefined || Number.isNaN(at)) return <>-</>;
  const date = new Date(at * 1_000);
  return (
    <time dateTime={date.toISOString()} title={formatTime(date, language)}>
      {formatDate(date, seconds ? "with seconds" : "medium", language)}
    </time>
  );
}

/** `November 30, 2026 at 14:20 (UTC+08:00)` */
function formatTime(date: Date, language: string): string {
  return `${formatDate(date, "long", language)} (UTC${offset(date)})`;
}

function offset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
}
