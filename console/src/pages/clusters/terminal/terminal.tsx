import "./terminal.css";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useMessages } from "../../../i18n/messages.ts";
import { plain } from "../../../parts/log-text.ts";
import { bytesOfKey } from "./keys.ts";
import { messages } from "./messages.ts";
import { Screen } from "./screen.ts";
import { ScreenView } from "./screen-view.tsx";
import { openSession, type Session, type SessionOptions } from "./session.ts";

export interface TerminalProps extends Pick<SessionOptions, "url" | "token" | "makeDataKey" | "onEnd" | "onReady"> {
  readonly isOpen: boolean;
}

const rows = 24;

/** Characters of new output that a screen reader is told at once. */
const mostSaid = 500;

/** A terminal for one session: what is typed goes to the program, and what it prints is shown. */
export function Terminal({ isOpen, ...options }: TerminalProps) {
  const t = useMessages(messages);
  const box = useRef<HTMLDivElement>(null);
  const measure = useRef<HTMLSpanElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const session = useRef<Session>(undefined);
  const latest = useRef(options);
  const [, redraw] = useState(0);
  const [said, setSaid] = useState("");
  const [screen] = useState(() => new Screen(80, rows, (text) => session.current?.type(encoder.encode(text))));
  useEffect(() => {
    latest.current = options;
  });

  const { url, token } = options;
  useEffect(() => {
    let frame = 0;
    let news = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const decoder = new TextDecoder();
    function fit(): void {
      if (!box.current || !measure.current) return;
      const width = measure.current.getBoundingClientRect().width / 10;
      const columns = Math.max(20, Math.floor((box.current.clientWidth - 26) / (width || 8)));
      screen.resize(columns, rows);
      session.current?.resize({ cols: columns, rows });
    }
    session.current = openSession({
      url,
      token,
      makeDataKey: (key) => latest.current.makeDataKey(key),
      output(data) {
        screen.write(data);
        news = (news + decoder.decode(data, { stream: true })).slice(-mostSaid);
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          redraw((count) => count + 1);
        });
        timer ??= setTimeout(() => {
          timer = undefined;
          setSaid(plain(news));
          news = "";
        }, 700);
      },
      onReady() {
        fit();
        input.current?.focus();
        latest.current.onReady();
      },
      onEnd: (end) => latest.current.onEnd(end),
    });
    const observer = new ResizeObserver(fit);
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      session.current?.close();
    };
  }, [url, token, screen]);

  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  });

  function type(text: string): void {
    session.current?.type(encoder.encode(text.replaceAll("\r\n", "\r").replaceAll("\n", "\r")));
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click gives the field inside the keyboard, which Tab does, too
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      className="app-terminal"
      ref={box}
      onClick={() => getSelection()?.isCollapsed !== false && input.current?.focus()}
    >
      <span className="app-terminal-screen app-terminal-measure" ref={measure} aria-hidden="true">
        0000000000
      </span>
      <pre className="app-terminal-screen" role="img" aria-label={t.output} dir="ltr">
        <ScreenView screen={screen} kept={screen.kept} />
      </pre>
      <div className="app-terminal-said" role="log" aria-live="polite" aria-label={t.output}>
        {said}
      </div>
      <textarea
        ref={input}
        className="app-terminal-input"
        aria-label={t.input}
        disabled={!isOpen}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const bytes = bytesOfKey(event);
          if (bytes === undefined) return;
          event.preventDefault();
          type(bytes);
        }}
        onInput={({ currentTarget, nativeEvent }) => {
          if ((nativeEvent as InputEvent).isComposing) return;
          type(currentTarget.value);
          currentTarget.value = "";
        }}
        onCompositionEnd={({ currentTarget }) => {
          type(currentTarget.value);
          currentTarget.value = "";
        }}
      />
    </div>
  );
}

const encoder = new TextEncoder();
