/** Where a section of the bench writes what it measured: on the terminal, and for `docs/figures.md`. */
export interface Sheet {
  say(line: string): void;
  table(heads: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** Writes in Markdown, which reads well on a terminal, too. */
export function sheetOn(write: (text: string) => void): Sheet {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return {
    say: (line) => write(`${line}\n\n`),
    table(heads, rows) {
      write(`${row(heads)}|${heads.map(() => "---|").join("")}\n${rows.map(row).join("")}\n`);
    },
  };
}
