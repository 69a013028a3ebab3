import { timeOfUuid } from "../../ids.ts";
import type { Addition } from "../../storage/database.ts";
import type { EventDocument } from "../event/event.ts";
import { likeness, termsOf } from "../search/terms.ts";

type Row = Addition["rows"][number];

export const termColumns = ["account", "region", "term", "second"] as const;

/** Terms that are remembered; beyond that the older half is forgotten. */
const mostTerms = 8192;

/** Remembers the terms whose rows are stored already. */
export function knownTerms() {
  const terms = new Set<string>();

  function isKnown(term: string): boolean {
    if (terms.has(term)) return true;
    terms.add(term);
    return false;
  }

  return {
    /** The rows of an event's terms that are not stored yet. They count as stored from now on. */
    newRows(document: EventDocument): readonly Row[] {
      const { recipientAccountId: account, awsRegion: region } = document;
      const second = Math.floor(timeOfUuid(document.eventID) / 1000);
      // Most events are like another one of the same second; to make their terms would cost more than the rest of this.
      if (isKnown(`like ${second} ${account} ${region} ${likeness(document)}`)) return [];
      const unknown = termsOf(document).filter((term) => !isKnown(`${second} ${account} ${region} ${term}`));
      return unknown.map((term) => [account, region, term, second]);
    },
    forgetSome(): void {
      if (terms.size < mostTerms) return;
      let surplus = terms.size - mostTerms / 2;
      for (const term of terms) {
        if (surplus-- <= 0) break;
        terms.delete(term);
      }
    },
    forgetAll: () => terms.clear(),
  };
}
