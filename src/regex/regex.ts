import { type CharacterTest, isWord } from "./characters.ts";
import { MalformedRegex, type Node, type Position, readRegex } from "./syntax.ts";

type Step =
  | { readonly kind: "character"; readonly accepts: CharacterTest }
  /** Goes on at both, and prefers the first. */
  | { readonly kind: "split"; first: number; second: number }
  | { readonly kind: "jump"; to: number }
  | { readonly kind: "save"; readonly slot: number }
  | { readonly kind: "position"; readonly at: Position }
  | { readonly kind: "match" };

/** Steps of an expression once its counts are written out. */
const mostSteps = 1_000;

export interface Regex {
  /** The names of the capturing groups, in their order; `undefined` for one without a name. */
  readonly groups: readonly (string | undefined)[];
  /** The longest text that every match has; empty where there is none. */
  readonly needle: string;
  test(text: string): boolean;
  /** What the groups captured in the first match; `undefined` if there is none. */
  capture(text: string): readonly (string | undefined)[] | undefined;
}

/**
 * A regular expression that goes through the text once with all the places in the expression where it may be: unlike that of
 * JavaScript's own, its time grows with the text only, whatever the two are.
 */
export function compileRegex(source: string): Regex {
  const { root, groups } = readRegex(source);
  const steps: Step[] = [];
  emit(steps, root);
  steps.push({ kind: "match" });
  const needle = longestLiteral(root);
  const mayMatch = (text: string) => needle === "" || text.includes(needle);
  const [matches, captures] = [machine(steps, 0), machine(steps, groups.length * 2)];
  return {
    ...{ groups, needle },
    test: (text) => mayMatch(text) && matches(text) !== undefined,
    capture(text) {
      const slots = mayMatch(text) ? captures(text) : undefined;
      return slots && groups.map((_, group) => captured(text, slots[group * 2], slots[group * 2 + 1]));
    },
  };
}

function captured(text: string, from = -1, to = -1): string | undefined {
  return from < 0 || to < 0 ? undefined : text.slice(from, to);
}

function emit(steps: Step[], node: Node): void {
  if (steps.length > mostSteps) throw new MalformedRegex("The regular expression is too large");
  if (node.kind === "character") steps.push({ kind: "character", accepts: node.accepts });
  else if (node.kind === "position") steps.push(node);
  else if (node.kind === "sequence") for (const part of node.parts) emit(steps, part);
  else if (node.kind === "choice") emitChoice(steps, node.parts);
  else if (node.kind === "repeat") emitRepeat(steps, node);
  else if (node.number === undefined) emit(steps, node.of);
  else {
    steps.push({ kind: "save", slot: (node.number - 1) * 2 });
    emit(steps, node.of);
    steps.push({ kind: "save", slot: node.number * 2 - 1 });
  }
}

function emitChoice(steps: Step[], parts: readonly Node[]): void {
  const jumps: { to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      emit(steps, part);
      break;
    }
    const split = { kind: "split" as const, first: steps.length + 1, second: 0 };
    steps.push(split);
    emit(steps, part);
    const jump = { kind: "jump" as const, to: 0 };
    steps.push(jump);
    jumps.push(jump);
    split.second = steps.length;
  }
  for (const jump of jumps) jump.to = steps.length;
}

function emitRepeat(steps: Step[], { of, least, most, isLazy }: Extract<Node, { readonly kind: "repeat" }>): void {
  for (let copy = 0; copy < least; copy++) {
    const before = steps.length;
    emit(steps, of);
    // Nothing many times is nothing.
    if (steps.length === before) break;
  }
  const fork = () => {
    const split = { kind: "split" as const, first: 0, second: 0 };
    steps.push(split);
    return {
      go: () => (split[isLazy ? "second" : "first"] = steps.length),
      skip: () => (split[isLazy ? "first" : "second"] = steps.length),
    };
  };
  if (most === Number.POSITIVE_INFINITY) {
    const start = steps.length;
    const { go, skip } = fork();
    go();
    emit(steps, of);
    steps.push({ kind: "jump", to: start });
    skip();
    return;
  }
  const forks = [];
  for (let copy = least; copy < most; copy++) {
    const one = fork();
    one.go();
    forks.push(one);
    emit(steps, of);
  }
  for (const { skip } of forks) skip();
}

/** The longest text that every match has. */
function longestLiteral(node: Node): string {
  const runs: string[] = [];
  let current = "";
  const collect = (part: Node): void => {
    if (part.kind === "character" && part.literal !== undefined) {
      current += part.literal;
      return;
    }
    if (part.kind === "sequence") return part.parts.forEach(collect);
    if (part.kind === "group") return collect(part.of);
    if (part.kind === "position") return;
    runs.push(current);
    current = "";
    if (part.kind === "repeat" && part.least > 0) runs.push(longestLiteral(part.of));
  };
  collect(node);
  return [...runs, current].reduce((longest, one) => (one.length > longest.length ? one : longest), "");
}

interface Threads {
  readonly places: Int32Array;
  readonly slots: (readonly number[])[];
  count: number;
}

/** Runs the steps on texts, one at a time. Resolves to the slots of the first match, or `undefined`. */
function machine(steps: readonly Step[], slotCount: number): (text: string) => readonly number[] | undefined {
  const make = (): Threads => ({ places: new Int32Array(steps.length), slots: [], count: 0 });
  const [even, odd] = [make(), make()];
  /** The place in the text at which each step was last reached. */
  const seen = new Int32Array(steps.length);
  const none: readonly number[] = new Array(slotCount).fill(-1);
  /** Seconds of splits that are still to be followed. */
  const places: number[] = [];
  const slotsOf: (readonly number[])[] = [];

  function add(threads: Threads, start: number, startSlots: readonly number[], text: string, index: number): void {
    places.push(start);
    slotsOf.push(startSlots);
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      let slots = slotsOf.pop() ?? none;
      while (seen[place] !== index) {
        seen[place] = index;
        const step = steps[place] as Step;
        if (step.kind === "character" || step.kind === "match") {
          threads.places[threads.count] = place;
          threads.slots[threads.count++] = slots;
          break;
        }
        if (step.kind === "jump") place = step.to;
        else if (step.kind === "split") {
          places.push(step.second);
          slotsOf.push(slots);
          place = step.first;
        } else if (step.kind === "save") {
          if (slotCount > 0) slots = slots.with(step.slot, index);
          place++;
        } else {
          if (!holds(step.at, text, index)) break;
          place++;
        }
      }
    }
  }

  return (text) => {
    seen.fill(-1);
    let [current, next] = [even, odd];
    current.count = 0;
    let found: readonly number[] | undefined;
    for (let index = 0; index <= text.length; index++) {
      // A match that began earlier is preferred to one that begins here.
      if (!found) add(current, 0, none, text, index);
      else if (current.count === 0) break;
      const code = index < text.length ? text.charCodeAt(index) : -1;
      next.count = 0;
      for (let thread = 0; thread < current.count; thread++) {
        const place = current.places[thread] ?? 0;
        const step = steps[place] as Step;
        if (step.kind === "match") {
          found = current.slots[thread] ?? none;
          if (slotCount === 0) return found;
          // The threads behind it are preferred less.
          break;
        }
        if (code >= 0 && step.kind === "character" && step.accepts(code)) {
          add(next, place + 1, current.slots[thread] ?? none, text, index + 1);
        }
      }
      [current, next] = [next, current];
    }
    return found;
  };
}

function holds(position: Position, text: string, index: number): boolean {
  if (position === "start") return index === 0;
  if (position === "end") return index === text.length;
  if (position === "line start") return index === 0 || text[index - 1] === "\n";
  if (position === "line end") return index === text.length || text[index] === "\n";
  const isBoundary = isWord(text.charCodeAt(index - 1)) !== isWord(text.charCodeAt(index));
  return isBoundary === (position === "boundary");
}
