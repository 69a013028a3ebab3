const ISO_8601 =
  /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;
const EPOCH_SECONDS = /^\d{1,15}(\.\d{1,9})?$/;

/**
 * Milliseconds since the epoch of a date in a policy: ISO 8601 (UTC unless it says otherwise), or epoch seconds if it has
 * digits only. Undefined if it is neither.
 */
export function parseInstant(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const match = ISO_8601.exec(text);
  if (match === null) return undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    match;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const inRange =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    midnight < Date.UTC(Number(year), Number(month), 1);
  if (!inRange || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const minutes = Number(hour) * 60 + Number(minute) - zoneMinutes(zone);
  return midnight + minutes * 60_000 + Number(second) * 1000 + Number(`0.${fraction || "0"}`) * 1000;
}

export function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined;
}

function zoneMinutes(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
