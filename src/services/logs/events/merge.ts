import { type Block, blockFrom, eventAt, type LogEvent, positionAt, releaseBlock } from "./block.ts";
import { columnsSize } from "./columns.ts";
import { comparePositions, type Position } from "./event-id.ts";

/** Events of a batch at which its memory is cut, if it has to be. */
const cuts = 32;

/** A block of which the events from `at` to `last` are still to be taken. */
interface Opened {
  readonly streamId: string;
  readonly block: Block;
  readonly last: number;
  at: number;
  next: Position;
}

export interface Next {
  readonly event: LogEvent;
  readonly streamId: string;
}

/** Puts the events of blocks that lie over one another into one order. */
export interface Merge extends Disposable {
  /** Adds those events of a block that are wanted, which stand in a row. The block is not used any more by others. */
  add(streamId: string, block: Block, isWanted: (position: Position) => boolean): void;
  /** The next event may be taken when all blocks that begin up to this time were added; `undefined` if none is known. */
  readonly until: number | undefined;
  /** True if later events were left out, so that a second merge is needed for these. */
  readonly isCut: boolean;
  next(): Next | undefined;
  advance(): void;
}

/** `held`: bytes of blocks, beyond which the last events are left out. */
export function merge(newestFirst: boolean, held: number): Merge {
  const step = newestFirst ? -1 : 1;
  const compare = (one: Position, other: Position) => step * comparePositions(one, other);
  /** The one with the next event is the last. */
  const opened: Opened[] = [];
  let size = 0;
  /** The first event that was left out. */
  let end: Position | undefined;

  function place(one: Opened): void {
    let [low, high] = [0, opened.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare((opened[middle] as Opened).next, one.next) > 0) low = middle + 1;
      else high = middle;
    }
    opened.splice(low, 0, one);
  }

  function open(streamId: string, block: Block, isWanted: (position: Position) => boolean): void {
    const count = block.columns.timestamps.length;
    let [first, last] = [0, count - 1];
    while (first < count && !isWanted(positionAt(block, first))) first++;
    while (last > first && !isWanted(positionAt(block, last))) last--;
    if (first === count) return releaseBlock(block);
    const [at, to] = newestFirst ? [last, first] : [first, last];
    size += sizeOf(block);
    place({ streamId, block, at, last: to, next: positionAt(block, at) });
  }

  /** Leaves out about half of what is held, and gives its memory back. */
  function cut(): void {
    const marks = opened.flatMap(({ block, at, last }) => {
      const count = Math.abs(last - at) + 1;
      const width = Math.ceil(count / cuts);
      const bytes = sizeOf(block) / Math.ceil(count / width);
      return Array.from({ length: Math.ceil(count / width) }, (_, mark) => ({
        position: positionAt(block, at + step * mark * width),
        bytes,
      }));
    });
    marks.sort((one, other) => compare(one.position, other.position));
    let kept = 0;
    const after = marks.find(({ bytes }, mark) => {
      const isFull = mark > 0 && kept + bytes > held / 2;
      kept += bytes;
      return isFull;
    });
    const limit = after?.position;
    if (!limit) return;
    end = limit;
    size = 0;
    for (const one of opened.splice(0)) {
      const left: (readonly [Block, number])[] = [];
      for (let number = one.at; number !== one.last + step; number += step) {
        if (compare(positionAt(one.block, number), limit) >= 0) break;
        left.push([one.block, number]);
      }
      if (newestFirst) left.reverse();
      if (left.length > 0) open(one.streamId, blockFrom(left), () => true);
      releaseBlock(one.block);
    }
  }

  return {
    add(streamId, block, isWanted) {
      const limit = end;
      open(streamId, block, (position) => isWanted(position) && (!limit || compare(position, limit) < 0));
      if (size > held && opened.length > 1) cut();
    },
    get until() {
      return (opened.at(-1)?.next ?? end)?.timestamp;
    },
    get isCut() {
      return end !== undefined;
    },
    next() {
      const first = opened.at(-1);
      return first && { event: eventAt(first.block, first.at), streamId: first.streamId };
    },
    advance() {
      const first = opened.pop();
      if (!first) return;
      if (first.at === first.last) {
        size -= sizeOf(first.block);
        return releaseBlock(first.block);
      }
      first.at += step;
      first.next = positionAt(first.block, first.at);
      place(first);
    },
    [Symbol.dispose]() {
      for (const { block } of opened.splice(0)) releaseBlock(block);
    },
  };
}

function sizeOf({ text, columns }: Block): number {
  return text.length + columnsSize(columns.timestamps.length);
}
