import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { useLocation } from "react-router";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Text } from "./text.tsx";

export interface Flash {
  readonly type: "success" | "error" | "info" | "warning" | "in-progress";
  readonly header?: string;
  readonly text: string;
  readonly action?: ReactNode;
  /** A later flash of the same id takes this one's place: how long work tells of its progress and its end. */
  readonly id?: string;
}

/** Where a flash has been seen. What succeeded goes when the reader leaves the page that came after it. */
interface Shown extends Flash {
  readonly id: string;
  readonly isSeen: boolean;
}

const AgeContext = createContext<() => void>(() => {});
const FlashContext = createContext<(flash: Flash) => void>(() => {});
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([]);

/** Most messages at a time; the oldest goes. */
const most = 10;

let lastId = 0;

export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const words = useMessages(common);
  const [flashes, setFlashes] = useState<readonly Shown[]>([]);
  const flash = useCallback((next: Flash) => {
    lastId += 1;
    const id = next.id ?? `flash-${lastId}`;
    setFlashes((current) =>
      [{ ...next, id, isSeen: false }, ...current.filter((other) => other.id !== id)].slice(0, most),
    );
  }, []);
  const age = useCallback(() => {
    setFlashes((current) =>
      current.filter(({ type, isSeen }) => type !== "success" || !isSeen).map((flash) => ({ ...flash, isSeen: true })),
    );
  }, []);
  const items = useMemo(
    () =>
      flashes.map(
        ({ id, type, header, text, action }): FlashbarProps.MessageDefinition => ({
          id,
          type: type === "in-progress" ? "info" : type,
          loading: type === "in-progress",
          header,
          content: <Text>{text}</Text>,
          action,
          dismissible: true,
          dismissLabel: words.close,
          onDismiss: () => setFlashes((current) => current.filter((other) => other.id !== id)),
        }),
      ),
    [flashes, words],
  );
  return (
    <FlashContext value={flash}>
      <AgeContext value={age}>
        <ItemsContext value={items}>{children}</ItemsContext>
      </AgeContext>
    </FlashContext>
  );
}

/** Says something at the top of the page, on this page and the next. Never a secret. */
export function useFlash(): (flash: Flash) => void {
  return useContext(FlashContext);
}

export function Flashes() {
  const age = useContext(AgeContext);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that is opened counts
  useEffect(age, [age, pathname]);
  return <Flashbar items={useContext(ItemsContext)} stackItems />;
}
