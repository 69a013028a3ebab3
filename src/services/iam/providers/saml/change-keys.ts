import type { KeyObject } from "node:crypto";
import type { Ids } from "../../../../ids.ts";
import { invalidInput, limitExceeded } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import { idAlphabet } from "../../unique-id.ts";
import type { SamlKey } from "./private-keys.ts";
import type { SamlProvider } from "./provider.ts";

const mostKeys = 2;

interface KeyChanges {
  readonly added: KeyObject | undefined;
  /** Id of a key. */
  readonly removed: string | undefined;
  /** As it is to be afterwards. */
  readonly mode: SamlProvider["encryptionMode"];
  readonly time: Date;
}

/**
 * Adds and removes private keys of a provider, within a transaction. In AWS's words as its user guide has them:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html
 */
export async function changeKeys(
  { providers: { samlKeys } }: IamRecords,
  provider: Pick<SamlProvider, "uuid">,
  { added, removed, mode, time }: KeyChanges,
  ids: Ids,
): Promise<void> {
  if (added && removed !== undefined) {
    throw invalidInput(
      "Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.",
    );
  }
  const keys = await samlKeys.list(provider);
  const gone = keys.find(({ id }) => id === removed);
  if (removed !== undefined && !gone) {
    throw invalidInput("Failed to remove private key because the Key ID does not match a private key.");
  }
  if (added && keys.length >= mostKeys) throw limitExceeded(`Private key limit of ${mostKeys} is reached.`);
  const isLast = keys.length + (added ? 1 : 0) - (gone ? 1 : 0) === 0;
  if (mode === "Required" && isLast) {
    throw invalidInput(
      gone
        ? "Failed to remove private key."
        : "Unable to set assertion encryption mode to Required because no private key is provided.",
    );
  }
  const key: SamlKey = { id: ids.text(22, idAlphabet), createdAt: time };
  if (added) await samlKeys.insert(provider, key, added);
  if (gone) await samlKeys.delete(gone);
}
