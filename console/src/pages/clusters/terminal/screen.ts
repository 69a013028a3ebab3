import { Grid, type Line } from "./grid.ts";
import { changedLook } from "./looks.ts";

/**
 * What programs print on a terminal, as the lines that it shows: text, line feeds, carriage returns, backspaces, tabs, colours,
 * movements of the cursor, erasing, and the second screen of full-screen programs. It knows no scroll regions, no mouse and no other
 * character sets; such sequences are passed over.
 */
export class Screen {
  #grid: Grid;
  /** The first screen, while a program has the second one. */
  #first: Grid | undefined;
  #saved = { row: 0, column: 0 };
  #pending = "";
  readonly #decoder = new TextDecoder();
  readonly #reply: (text: string) => void;

  /** `reply` sends what a program asks of the terminal. */
  constructor(columns: number, rows: number, reply: (text: string) => void) {
    this.#grid = new Grid(columns, rows);
    this.#reply = reply;
  }

  /** What scrolled away, the oldest first. These lines do not change any more. */
  get kept(): readonly Line[] {
    return this.#grid.kept;
  }

  /** What scrolled away, and the screen. */
  get lines(): readonly Line[] {
    return [...this.#grid.kept, ...this.#grid.lines];
  }

  /** Of `lines`, and the column. */
  get cursor(): { readonly line: number; readonly column: number } {
    return { line: this.#grid.kept.length + this.#grid.row, column: this.#grid.column };
  }

  resize(columns: number, rows: number): void {
    this.#grid.resize(columns, rows);
    this.#first?.resize(columns, rows);
  }

  write(data: Uint8Array): void {
    const text = this.#pending + this.#decoder.decode(data, { stream: true });
    this.#pending = "";
    for (let at = 0; at < text.length; ) {
      if (text[at] !== "\x1b") {
        const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
        at += character.length;
        this.#character(character);
        continue;
      }
      const rest = text.slice(at);
      const sequence = sequences.exec(rest)?.[0];
      if (sequence === undefined) {
        // The rest of it is still to come, unless it is none.
        if (rest.length < longestSequence) {
          this.#pending = rest;
          return;
        }
        at += 1;
        continue;
      }
      at += sequence.length;
      this.#sequence(sequence);
    }
  }

  #character(character: string): void {
    const grid = this.#grid;
    if (character === "\n" || character === "\v" || character === "\f") grid.lineFeed();
    else if (character === "\r") grid.moveTo(grid.row, 0);
    else if (character === "\b") grid.moveTo(grid.row, grid.column - 1);
    else if (character === "\t") grid.moveTo(grid.row, (Math.floor(grid.column / 8) + 1) * 8);
    else if (character >= " " && character !== "\x7f") grid.put(character);
  }

  #sequence(sequence: string): void {
    const grid = this.#grid;
    if (sequence === "\x1b7") this.#saved = { row: grid.row, column: grid.column };
    else if (sequence === "\x1b8") grid.moveTo(this.#saved.row, this.#saved.column);
    else if (sequence === "\x1bM") grid.reverseLineFeed();
    else if (sequence === "\x1bD") grid.lineFeed();
    else if (sequence === "\x1bE") {
      grid.moveTo(grid.row, 0);
      grid.lineFeed();
    } else if (sequence === "\x1bc") {
      this.#first = undefined;
      this.#grid = new Grid(grid.columns, grid.rows);
    } else if (sequence.startsWith("\x1b[")) this.#control(sequence.slice(2, -1), sequence.slice(-1));
  }

  #control(written: string, letter: string): void {
    const grid = this.#grid;
    if (written.startsWith("?")) return this.#mode(written.slice(1), letter);
    if (/[^\d;]/.test(written)) return;
    const numbers = written.split(";").map(Number);
    const [first = 0, second = 0] = numbers;
    const count = Math.min(first || 1, 10_000);
    const { row, column } = grid;
    if (letter === "m") grid.look = changedLook(grid.look, numbers);
    else if (letter === "A") grid.moveTo(row - count, column);
    else if (letter === "B" || letter === "e") grid.moveTo(row + count, column);
    else if (letter === "C" || letter === "a") grid.moveTo(row, column + count);
    else if (letter === "D") grid.moveTo(row, column - count);
    else if (letter === "E") grid.moveTo(row + count, 0);
    else if (letter === "F") grid.moveTo(row - count, 0);
    else if (letter === "G" || letter === "`") grid.moveTo(row, count - 1);
    else if (letter === "d") grid.moveTo(count - 1, column);
    else if (letter === "H" || letter === "f") grid.moveTo(count - 1, (second || 1) - 1);
    else if (letter === "J") grid.eraseInScreen(first);
    else if (letter === "K") grid.eraseInLine(first);
    else if (letter === "L") grid.insertLines(count);
    else if (letter === "M") grid.deleteLines(count);
    else if (letter === "P") grid.deleteCharacters(count);
    else if (letter === "@") grid.insertCharacters(count);
    else if (letter === "X") grid.eraseCharacters(count);
    else if (letter === "s") this.#saved = { row, column };
    else if (letter === "u") grid.moveTo(this.#saved.row, this.#saved.column);
    else if (letter === "n" && first === 6) this.#reply(`\x1b[${row + 1};${column + 1}R`);
    else if (letter === "n" && first === 5) this.#reply("\x1b[0n");
    else if (letter === "c") this.#reply("\x1b[?6c");
  }

  /** The second screen, which full-screen programs draw on. */
  #mode(written: string, letter: string): void {
    if (!["47", "1047", "1049"].some((mode) => written.split(";").includes(mode))) return;
    if (letter === "h" && !this.#first) {
      this.#first = this.#grid;
      this.#grid = new Grid(this.#first.columns, this.#first.rows, false);
    } else if (letter === "l" && this.#first) {
      this.#grid = this.#first;
      this.#first = undefined;
    }
  }
}

/** A control sequence, a text for the terminal itself (such as a window's title), or a single letter. */
const sequences = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()*+][\s\S]|[0-OQ-WY-Z\\^_`a-~])/;

/** A sequence that is longer than this does not end. */
const longestSequence = 4_096;
