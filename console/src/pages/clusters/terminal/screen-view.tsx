import { type CSSProperties, memo } from "react";
import type { Cell, Line, Look } from "./grid.ts";
import { cssColour } from "./looks.ts";
import type { Screen } from "./screen.ts";

/** The lines of a screen, with its cursor. */
export function ScreenView({ screen, kept }: { readonly screen: Screen; readonly kept: readonly Line[] }) {
  const { line: cursorLine, column } = screen.cursor;
  return (
    <>
      {screen.lines.map((line, index) =>
        index < kept.length ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <KeptLine key={index} line={line} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <LineView key={index} line={line} cursor={index === cursorLine ? column : undefined} />
        ),
      )}
    </>
  );
}

/** A line that scrolled away does not change any more. */
const KeptLine = memo(LineView);

function LineView({ line, cursor }: { readonly line: Line; readonly cursor?: number | undefined }) {
  return (
    <div className="app-terminal-line">
      {runs(line, cursor).map(({ text, look, isCursor }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
          key={index}
          style={styleOf(look)}
          className={isCursor ? "app-terminal-cursor" : undefined}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

interface Run {
  readonly text: string;
  readonly look: Look;
  readonly isCursor: boolean;
}

/** Neighbours of one look as one text. */
function runs(line: readonly Cell[], cursor: number | undefined): readonly Run[] {
  const found: { text: string; look: Look; isCursor: boolean }[] = [];
  const cells = cursor !== undefined && cursor >= line.length ? [...line, ...blanks(cursor - line.length + 1)] : line;
  for (const [index, { text, look }] of cells.entries()) {
    const isCursor = index === cursor;
    const last = found.at(-1);
    if (last && !isCursor && !last.isCursor && last.look === look) last.text += text;
    else found.push({ text, look, isCursor });
  }
  return found;
}

function blanks(count: number): readonly Cell[] {
  const look = {};
  return Array.from({ length: count }, () => ({ text: " ", look }));
}

function styleOf({ foreground, background, bold, underline, inverse }: Look): CSSProperties {
  const [front, back] = inverse ? [background ?? "#0f141a", foreground ?? "#d5dbdb"] : [foreground, background];
  return {
    ...(front !== undefined && { color: cssColour(front) }),
    ...(back !== undefined && { background: cssColour(back) }),
    ...(bold && { fontWeight: 700 }),
    ...(underline && { textDecoration: "underline" }),
  };
}
