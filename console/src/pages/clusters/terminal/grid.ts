/** How a character looks. Colours are numbers of the palette of 256, or `#rrggbb`; absent for the terminal's own. */
export interface Look {
  readonly foreground?: number | string;
  readonly background?: number | string;
  readonly bold?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
}

export interface Cell {
  /** Empty behind a character that is two columns wide. */
  readonly text: string;
  readonly look: Look;
}

export type Line = readonly Cell[];

/** Lines that went off the screen at its top and are kept. */
const mostKept = 1_000;

/** The characters of a screen, and where the next one goes. Rows and columns count from 0. */
export class Grid {
  row = 0;
  column = 0;
  look: Look = {};
  columns: number;
  rows: number;
  /** Lines that scrolled away, the oldest first. */
  kept: Line[] = [];
  readonly #keeps: boolean;
  #lines: Cell[][];
  /** The last column has its character: the next one begins a line. */
  #isFull = false;

  constructor(columns: number, rows: number, keeps = true) {
    this.columns = columns;
    this.rows = rows;
    this.#keeps = keeps;
    this.#lines = Array.from({ length: rows }, () => []);
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  put(text: string): void {
    const width = widthOf(text);
    if (width === 0) {
      // A mark over the character before it.
      const line = this.#line();
      const before = line[Math.max(0, this.column - 1)];
      if (before) line[Math.max(0, this.column - 1)] = { ...before, text: before.text + text };
      return;
    }
    if (this.#isFull || this.column + width > this.columns) {
      this.column = 0;
      this.lineFeed();
    }
    const line = this.#line();
    while (line.length < this.column) line.push({ text: " ", look: {} });
    line[this.column] = { text, look: this.look };
    if (width === 2) line[this.column + 1] = { text: "", look: this.look };
    this.column += width;
    if (this.column >= this.columns) {
      this.column = this.columns - 1;
      this.#isFull = true;
    }
  }

  moveTo(row: number, column: number): void {
    this.row = Math.min(Math.max(row, 0), this.rows - 1);
    this.column = Math.min(Math.max(column, 0), this.columns - 1);
    this.#isFull = false;
  }

  lineFeed(): void {
    this.#isFull = false;
    if (this.row < this.rows - 1) {
      this.row += 1;
      return;
    }
    const [first = []] = this.#lines.splice(0, 1);
    if (this.#keeps) this.kept = [...this.kept.slice(-(mostKept - 1)), first];
    this.#lines.push([]);
  }

  /** To the line above; at the top everything moves down. */
  reverseLineFeed(): void {
    if (this.row > 0) return this.moveTo(this.row - 1, this.column);
    this.insertLines(1);
  }

  /** 0: from the cursor to the end of the line, 1: from its beginning to the cursor, 2: all of it. */
  eraseInLine(part: number): void {
    const line = this.#line();
    if (part === 0) line.length = Math.min(line.length, this.column);
    else if (part === 2) line.length = 0;
    else for (let at = 0; at <= this.column; at += 1) line[at] = { text: " ", look: {} };
  }

  /** As `eraseInLine`, with the lines below or above; 3 also what scrolled away. */
  eraseInScreen(part: number): void {
    if (part < 2) this.eraseInLine(part);
    if (part === 3) this.kept = [];
    for (let row = 0; row < this.rows; row += 1) {
      if (part >= 2 || (part === 0 ? row > this.row : row < this.row)) this.#lines[row] = [];
    }
  }

  eraseCharacters(count: number): void {
    const line = this.#line();
    for (let at = this.column; at < Math.min(this.column + count, line.length); at += 1)
      line[at] = { text: " ", look: {} };
  }

  deleteCharacters(count: number): void {
    this.#line().splice(this.column, count);
  }

  insertCharacters(count: number): void {
    const line = this.#line();
    while (line.length < this.column) line.push({ text: " ", look: {} });
    const blanks = Array.from({ length: Math.min(count, this.columns) }, () => ({ text: " ", look: {} }));
    line.splice(this.column, 0, ...blanks);
    line.length = Math.min(line.length, this.columns);
  }

  insertLines(count: number): void {
    const blanks = Array.from({ length: Math.min(count, this.rows - this.row) }, () => []);
    this.#lines.splice(this.row, 0, ...blanks);
    this.#lines.length = this.rows;
  }

  deleteLines(count: number): void {
    const deleted = this.#lines.splice(this.row, count).length;
    for (let at = 0; at < deleted; at += 1) this.#lines.push([]);
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    while (this.#lines.length > rows) {
      // Empty lines at the bottom go first, then those at the top.
      if (this.row < this.#lines.length - 1) this.#lines.pop();
      else {
        this.kept.push(this.#lines.shift() ?? []);
        this.row -= 1;
      }
    }
    while (this.#lines.length < rows) this.#lines.push([]);
    this.rows = rows;
    this.moveTo(this.row, this.column);
  }

  #line(): Cell[] {
    let line = this.#lines[this.row];
    if (!line) {
      line = [];
      this.#lines[this.row] = line;
    }
    return line;
  }
}

/** Columns of a character: 0 for marks over others, 2 for wide ones. */
function widthOf(text: string): number {
  if (/^(?:\p{Mn}|\p{Me}|\p{Cf})$/u.test(text)) return 0;
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u.test(
    text,
  )
    ? 2
    : 1;
}
