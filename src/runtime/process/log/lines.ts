import { StringDecoder } from "node:string_decoder";

export interface Line {
  /** Without its newline. */
  readonly text: string;
  /** True if the line goes on: it was cut because of its length. */
  readonly partial: boolean;
}

/** Characters after which Docker cuts a line of output too. */
const longest = 16 * 1024;

/** Cuts a program's output into lines. */
export function lineCutter(): { push(chunk: Buffer): Line[]; end(): Line[] } {
  const decoder = new StringDecoder("utf8");
  let rest = "";

  function cut(): Line[] {
    const lines: Line[] = [];
    const complete = rest.split("\n");
    rest = complete.pop() ?? "";
    for (const text of complete) lines.push(...cutLong(text), { text: text.slice(fullParts(text)), partial: false });
    if (rest.length >= longest) {
      lines.push(...cutLong(rest));
      rest = rest.slice(fullParts(rest));
    }
    return lines;
  }

  return {
    push(chunk) {
      rest += decoder.write(chunk);
      return cut();
    },
    end() {
      rest += decoder.end();
      const lines = cut();
      return rest === "" ? lines : [...lines, { text: rest, partial: false }];
    },
  };
}

/** The parts of a line that are as long as a part may be; a remainder, perhaps an empty one, is left. */
function cutLong(text: string): Line[] {
  return Array.from({ length: fullParts(text) / longest }, (_, index) => {
    return { text: text.slice(index * longest, (index + 1) * longest), partial: true };
  });
}

function fullParts(text: string): number {
  return Math.floor(text.length / longest) * longest;
}
