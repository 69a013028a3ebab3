/** AWS's quota of labels on one version. */
export const maximumLabels = 10;

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
export function isLabel(text: string): boolean {
  return /^[A-Za-z_.-][\w.-]{0,99}$/.test(text) && !/^(?:aws|ssm)/i.test(text);
}
