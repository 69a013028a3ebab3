import { type Block, messageAt } from "../events/block.ts";
import { at as valueAt } from "../events/columns.ts";
import { everything, type Filter } from "./filter.ts";

/**
 * Numbers of the events of a block that match. Where every match has a certain text, only the messages that have it are looked
 * at: most blocks have none.
 */
export function selectMatches(filter: Filter): (block: Block) => Iterable<number> {
  if (filter === everything) return ({ columns }) => columns.timestamps.keys();
  const needle = filter.needle === undefined ? undefined : Buffer.from(filter.needle);
  return needle === undefined || needle.length === 0
    ? (block) => matching(block, filter, block.columns.timestamps.keys())
    : (block) => matching(block, filter, withNeedle(block, needle));
}

function* matching(block: Block, filter: Filter, numbers: Iterable<number>): Generator<number> {
  for (const number of numbers) if (filter.matches(messageAt(block, number))) yield number;
}

function* withNeedle(block: Block, needle: Buffer): Generator<number> {
  const { text } = block;
  const first = text.indexOf(needle);
  if (first < 0) return;
  const { starts, timestamps } = block.columns;
  let number = 0;
  for (let at = first; at >= 0 && number < timestamps.length; at = text.indexOf(needle, starts[number])) {
    // Found places only go forward.
    while (valueAt(starts, number + 1) <= at) number++;
    // It may reach into the next message.
    if (at + needle.length <= valueAt(starts, number + 1)) yield number;
    number++;
  }
}
