/**
 * Finds many texts at once, in one pass over the bytes (Aho and Corasick, 1975). States are numbers and 0 is the start; a state
 * stands for the longest end of the bytes so far that is the beginning of a text.
 */
export interface Automaton {
  step(state: number, byte: number): number;
  /** How many of the last bytes may be the beginning of a text. */
  depth(state: number): number;
  /** A text ends here. */
  isMatch(state: number): boolean;
  /** The longest text that ends here and that `accepts` its length; 0 where there is none. */
  longest(state: number, accepts: (length: number) => boolean): number;
}

/** Memory is about 22 bytes for each byte of `texts`. */
export function automaton(texts: readonly Uint8Array[]): Automaton {
  const most = 1 + texts.reduce((sum, { length }) => sum + length, 0);
  const label = new Uint8Array(most);
  const child = new Int32Array(most);
  const sibling = new Int32Array(most);
  const depth = new Int32Array(most);
  const fallback = new Int32Array(most);
  /** Nearest state of a shorter end at which a text ends. */
  const shorter = new Int32Array(most);
  const isEnd = new Uint8Array(most);
  const fromStart = new Int32Array(256);
  let count = 1;

  function next(state: number, byte: number): number {
    if (state === 0) return fromStart[byte] ?? 0;
    let found = child[state] ?? 0;
    while (found !== 0 && label[found] !== byte) found = sibling[found] ?? 0;
    return found;
  }

  function grow(state: number, byte: number): number {
    const made = count++;
    label[made] = byte;
    depth[made] = (depth[state] ?? 0) + 1;
    sibling[made] = child[state] ?? 0;
    child[state] = made;
    if (state === 0) fromStart[byte] = made;
    return made;
  }

  function step(state: number, byte: number): number {
    for (let from = state; ; from = fallback[from] ?? 0) {
      const to = next(from, byte);
      if (to !== 0 || from === 0) return to;
    }
  }

  for (const text of texts) {
    let state = 0;
    for (const byte of text) state = next(state, byte) || grow(state, byte);
    isEnd[state] = 1;
  }
  // By growing depth: what a state falls back to is complete before it.
  const queue = new Int32Array(count);
  let length = 1;
  for (let index = 0; index < length; index++) {
    const state = queue[index] ?? 0;
    for (let to = child[state] ?? 0; to !== 0; to = sibling[to] ?? 0) {
      const back = state === 0 ? 0 : step(fallback[state] ?? 0, label[to] ?? 0);
      fallback[to] = back;
      shorter[to] = isEnd[back] ? back : (shorter[back] ?? 0);
      queue[length++] = to;
    }
  }

  return {
    step,
    isMatch: (state) => isEnd[state] === 1 || shorter[state] !== 0,
    depth: (state) => depth[state] ?? 0,
    longest(state, accepts) {
      for (let end = isEnd[state] ? state : (shorter[state] ?? 0); end !== 0; end = shorter[end] ?? 0) {
        if (accepts(depth[end] ?? 0)) return depth[end] ?? 0;
      }
      return 0;
    },
  };
}
