/** Levels of lists and structures within each other. The deepest input of the served APIs has some 15. */
const deepest = 100;

/** Members and items in all. The largest lists of the served APIs (10,000 log events) stay below. */
const most = 32_768;

/** Bytes below which no bound can be broken that costs more to parse than to look for. */
const smallest = 16 * 1024;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether JSON is too deep or has too many members to be an input. Parsing 2 MB of 100,000 members takes 100 ms, in which
 * nobody else is served; to look takes 2. What is no JSON at all is for the parser to tell.
 */
export function isJsonOutOfBounds(body: Buffer): boolean {
  if (body.length < smallest) return false;
  let depth = 0;
  let count = 0;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (byte === quote) {
      index = endOfText(body, index);
      if (index < 0) return false;
    } else if (byte === comma) {
      if (++count > most) return true;
    } else if (byte === openList || byte === openMap) {
      if (++depth > deepest || ++count > most) return true;
    } else if (byte === closeList || byte === closeMap) depth--;
  }
  return false;
}

/** The index of the quote that ends the text which begins at `start`; -1 where none does. */
function endOfText(body: Buffer, start: number): number {
  let end = body.indexOf(quote, start + 1);
  while (end >= 0) {
    let slashes = 0;
    while (body[end - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return end;
    end = body.indexOf(quote, end + 1);
  }
  return -1;
}
