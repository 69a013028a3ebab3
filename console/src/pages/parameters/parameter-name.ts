/** True for what AWS takes as labels of a version: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
export function isLabel(label: string): boolean {
  return /^(?!aws|ssm|\d)[\w.-]{1,100}$/i.test(label);
}

export const mostCharacters = { Standard: 4_096, Advanced: 8_192 } as const;

export type Tier = keyof typeof mostCharacters;

/** A tier in the reader's language. */
export function tierText(
  tier: string | undefined,
  t: { readonly standard: string; readonly advanced: string },
): string | undefined {
  if (tier === "Standard") return t.standard;
  return tier === "Advanced" ? t.advanced : tier;
}
