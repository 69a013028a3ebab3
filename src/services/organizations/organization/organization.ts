import { createHash } from "node:crypto";

/** The organization that an installation is. Its ids follow from its first account, so they never change. */
export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccount: string;
  readonly partition: string;
}

export function organizationOf(managementAccount: string, partition: string): Organization {
  const digest = createHash("sha256").update(managementAccount).digest("hex");
  return { id: `o-${digest.slice(0, 10)}`, rootId: `r-${digest.slice(10, 14)}`, managementAccount, partition };
}

/** `arn:aws:organizations::111122223333:account/o-…/444455556666`; the account before the kind is the first one. */
export function organizationsArn({ id, managementAccount, partition }: Organization, kind: string, name?: string) {
  const resource = [kind, id, ...(name === undefined ? [] : [name])].join("/");
  return `arn:${partition}:organizations::${managementAccount}:${resource}`;
}
