import { type Node, parseTree } from "jsonc-parser";
import { type JsonProblem, placeOf } from "../../parts/json-problem.ts";
import { definitionShape, type Members, type Shape } from "./document-shape.ts";

export interface Wording {
  /** The API would pass over it without a word. */
  readonly unknown: (name: string) => string;
  readonly noObject: (name: string) => string;
  readonly noList: (name: string) => string;
}

/** What a document has that RegisterTaskDefinition does not take, at any depth, and where it stands. */
export function documentProblems(text: string, wording: Wording): readonly JsonProblem[] {
  const tree = parseTree(text);
  return tree ? inMembers(tree, definitionShape) : [];

  function inMembers(node: Node, members: Members): readonly JsonProblem[] {
    return (node.children ?? []).flatMap(({ children: [name, value] = [] }) => {
      if (!name || !value) return [];
      const shape = Object.hasOwn(members, String(name.value)) ? members[String(name.value)] : undefined;
      if (shape === undefined) return [problem(name, wording.unknown(String(name.value)))];
      return inPlace(value, shape, String(name.value));
    });
  }

  function inPlace(node: Node, shape: Shape, name: string): readonly JsonProblem[] {
    // A member that is null is one that is not there.
    if (shape === true || node.type === "null") return [];
    if (Array.isArray(shape)) {
      if (node.type !== "array") return [problem(node, wording.noList(name))];
      return (node.children ?? []).flatMap((item) => inPlace(item, (shape as readonly [Members])[0], name));
    }
    if (node.type !== "object") return [problem(node, wording.noObject(name))];
    return shape === "map" ? [] : inMembers(node, shape as Members);
  }

  function problem({ offset }: Node, message: string): JsonProblem {
    return { ...placeOf(text, offset), message };
  }
}

/** True if fields can be put into the document: no text stands in the place of an object or a list. */
export function isShaped(text: string): boolean {
  const [known, wrong] = [() => "", () => "wrong"];
  return documentProblems(text, { unknown: known, noObject: wrong, noList: wrong }).every(
    ({ message }) => message === "",
  );
}
