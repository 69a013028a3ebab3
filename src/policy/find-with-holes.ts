/** Finds a text between two offsets of another: its first offset, or -1. */
export type Find = (subject: string, from: number, end: number) => number;

/**
 * Finds a text that has any character at the offsets in `holes`, by the Shift-And algorithm: bit n of the state says whether
 * the first n + 1 characters of the text end at the character just read. It tries 32 places at a time, and near misses cost
 * nothing.
 */
export function findWithHoles(text: string, holes: ReadonlySet<number>): Find {
  const words = Math.ceil(text.length / 32);
  const anything = new Uint32Array(words);
  const places = new Map<number, number[]>();
  for (let offset = 0; offset < text.length; offset++) {
    if (holes.has(offset)) setBit(anything, offset);
    else placesOf(places, text.charCodeAt(offset)).push(offset);
  }
  // A row of bits is worth its memory only for characters in many places, which are few.
  const rows = new Map<number, Uint32Array>();
  for (const [code, offsets] of places) {
    if (offsets.length <= words) continue;
    const row = anything.slice();
    for (const offset of offsets) setBit(row, offset);
    rows.set(code, row);
    places.delete(code);
  }

  return (subject, from, end) => {
    let state = new Uint32Array(words);
    let next = new Uint32Array(words);
    for (let at = from; at < end; at++) {
      const code = subject.charCodeAt(at);
      const row = rows.get(code) ?? anything;
      let carry = 1;
      for (let word = 0; word < words; word++) {
        const bits = state[word] ?? 0;
        next[word] = ((bits << 1) | carry) & (row[word] ?? 0);
        carry = bits >>> 31;
      }
      for (const offset of places.get(code) ?? []) {
        if (offset === 0 || hasBit(state, offset - 1)) setBit(next, offset);
      }
      [state, next] = [next, state];
      if (hasBit(state, text.length - 1)) return at - text.length + 1;
    }
    return -1;
  };
}

function placesOf(places: Map<number, number[]>, code: number): number[] {
  const known = places.get(code) ?? [];
  places.set(code, known);
  return known;
}

function setBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

function hasBit(bits: Uint32Array, index: number): boolean {
  return (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
}
