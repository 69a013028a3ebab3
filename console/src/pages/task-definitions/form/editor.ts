import { createContext, useContext } from "react";
import { added, cleared, edited, type Path, valueAt } from "../document.ts";

/** The document that the fields of a form edit, each its own member of it. */
export interface DocumentEditor {
  readonly get: (path: Path) => unknown;
  /** Empty if it is not there, or is neither text nor a number. */
  readonly text: (path: Path) => string;
  readonly list: (path: Path) => readonly unknown[];
  /** Undefined takes the member away. */
  readonly set: (path: Path, value: unknown) => void;
  readonly add: (path: Path, item: unknown) => void;
  /** Several changes, one after the other, as one. */
  readonly change: (change: (text: string) => string) => void;
  /** True once somebody tried to save, so that what is missing is said. */
  readonly isTried: boolean;
}

export function documentEditor(
  document: string,
  onChange: (document: string) => void,
  isTried: boolean,
): DocumentEditor {
  const root: unknown = JSON.parse(document);
  return {
    get: (path) => valueAt(root, path),
    text(path) {
      const value = valueAt(root, path);
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    },
    list(path) {
      const value = valueAt(root, path);
      return Array.isArray(value) ? value : [];
    },
    set: (path, value) => onChange(value === undefined ? cleared(document, path) : edited(document, path, value)),
    add: (path, item) => onChange(added(document, path, item)),
    change: (change) => onChange(change(document)),
    isTried,
  };
}

export const EditorContext = createContext<DocumentEditor | undefined>(undefined);

export function useEditor(): DocumentEditor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("There is no document here");
  return editor;
}
