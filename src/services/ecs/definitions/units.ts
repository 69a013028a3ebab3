const large = {
  cpu: /^(\d*\.?\d+)\s*vcpu$/i,
  memory: /^(\d*\.?\d+)\s*gb$/i,
} as const;

/**
 * A task's size in CPU units or MiB, given as a whole number (`256`) or in units of 1,024 (`.25 vCPU`, `1GB`). `null` if it
 * is malformed.
 */
export function units(value: string | undefined, kind: keyof typeof large): string | undefined | null {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) > 0 ? String(Number(value)) : null;
  const amount = large[kind].exec(value.trim())?.[1];
  const converted = amount === undefined ? Number.NaN : Number(amount) * 1024;
  return Number.isInteger(converted) && converted > 0 ? String(converted) : null;
}
