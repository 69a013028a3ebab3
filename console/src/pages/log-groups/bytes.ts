/** A size as people read it: `1.5 kB`. */
export function bytes(size: number | undefined, language: string): string {
  if (size === undefined) return "-";
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const power = size < 1 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), units.length - 1);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power] ?? "byte",
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(size / 1_000 ** power);
}
