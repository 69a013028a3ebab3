import type { Look } from "./grid.ts";

/** The look after the parameters of `ESC [ … m`. */
export function changedLook(look: Look, parameters: readonly number[]): Look {
  let next: Look = look;
  for (let at = 0; at < parameters.length; at += 1) {
    const code = parameters[at] ?? 0;
    if (code === 0) next = {};
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 4) next = { ...next, underline: true };
    else if (code === 7) next = { ...next, inverse: true };
    else if (code === 22) next = without(next, "bold");
    else if (code === 24) next = without(next, "underline");
    else if (code === 27) next = without(next, "inverse");
    else if (code >= 30 && code <= 37) next = { ...next, foreground: code - 30 };
    else if (code >= 90 && code <= 97) next = { ...next, foreground: code - 90 + 8 };
    else if (code === 39) next = without(next, "foreground");
    else if (code >= 40 && code <= 47) next = { ...next, background: code - 40 };
    else if (code >= 100 && code <= 107) next = { ...next, background: code - 100 + 8 };
    else if (code === 49) next = without(next, "background");
    else if (code === 38 || code === 48) {
      const { colour, length } = longColour(parameters.slice(at + 1));
      at += length;
      if (colour !== undefined) next = { ...next, [code === 38 ? "foreground" : "background"]: colour };
    }
  }
  return next;
}

function without(look: Look, member: keyof Look): Look {
  const { [member]: _, ...rest } = look;
  return rest;
}

/** `5;n` of the palette, or `2;r;g;b`. */
function longColour([kind, ...rest]: readonly number[]) {
  if (kind === 5) return { colour: rest[0] ?? 0, length: 2 };
  if (kind !== 2) return { colour: undefined, length: 0 };
  const hex = rest.slice(0, 3).map((value) => Math.min(255, value).toString(16).padStart(2, "0"));
  return { colour: `#${hex.join("")}`, length: 4 };
}

/** The first sixteen, readable on a dark ground. */
const first = [
  "#3b4252",
  "#ff6b6b",
  "#7fd17f",
  "#e8c95a",
  "#7aa8ff",
  "#d68be0",
  "#5fcfd6",
  "#d5dbdb",
  "#8a95a5",
  "#ff8f8f",
  "#a3e8a3",
  "#ffe082",
  "#a5c4ff",
  "#eab0f2",
  "#8fe6ec",
  "#ffffff",
];

/** A colour as CSS has it. https://en.wikipedia.org/wiki/ANSI_escape_code#8-bit */
export function cssColour(colour: number | string): string {
  if (typeof colour === "string") return colour;
  const known = first[colour];
  if (known !== undefined) return known;
  if (colour >= 232) {
    const grey = 8 + (Math.min(colour, 255) - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const index = colour - 16;
  return `rgb(${step(Math.floor(index / 36))}, ${step(Math.floor(index / 6) % 6)}, ${step(index % 6)})`;
}
