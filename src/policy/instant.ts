/** https://www.w3.org/TR/NOTE-datetime, as loosely as AWS reads it: a year of any length, an hour of one digit. */
const ISO_8601 =
  /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const EPOCH_SECONDS = /^(\d{1,19})(\.\d{1,9})?$/;

const firstYear = -292_275_054;
const lastYear = 292_278_993;
const lastSecond = 2n ** 63n - 1n;
const millisecondsOfDay = 86_400_000;
/** The calendar begins anew after so many years and days. */
const cycle = { years: 400, days: 146_097 };

/**
 * Milliseconds since the epoch of a date in a policy: ISO 8601 (UTC unless it says otherwise), or epoch seconds if it has
 * digits only. Undefined if it is neither.
 */
export function parseInstant(text: string): number | undefined {
  const epoch = EPOCH_SECONDS.exec(text);
  if (epoch?.[1] !== undefined) return BigInt(epoch[1]) > lastSecond ? undefined : Number(text) * 1000;
  const match = ISO_8601.exec(text);
  if (match === null) return undefined;
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", fraction = "0", zone = "Z"] = match;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const minutes = Number(hour) * 60 + Number(minute) - zoneMinutes(zone);
  return midnight + minutes * 60_000 + Number(second) * 1000 + Number(`0.${fraction}`) * 1000;
}

/** `Date` knows fewer years than AWS takes: those outside are counted from a year of the same place in the calendar's cycle. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return undefined;
  const cycles = Math.floor((year - 2000) / cycle.years);
  const like = year - cycles * cycle.years;
  const midnight = Date.UTC(like, month - 1, day);
  if (midnight >= Date.UTC(like, month, 1)) return undefined;
  return midnight + cycles * cycle.days * millisecondsOfDay;
}

export function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined;
}

function zoneMinutes(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + (zone.length > 3 ? Number(zone.slice(-2)) : 0);
  return zone.startsWith("-") ? -minutes : minutes;
}
