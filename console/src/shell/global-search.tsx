import Autosuggest, { type AutosuggestProps } from "@cloudscape-design/components/autosuggest";
import { useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { ifDenied } from "../api/error.ts";
import { useLanguage, useMessages } from "../i18n/messages.ts";
import { type Hit, navigationServices, type Subject } from "../parts/subject.ts";
import { isolated, shortened } from "../parts/text.tsx";
import { useApi } from "../session/context.tsx";
import { shell } from "./messages.ts";

/** Milliseconds of rest before a search is made. */
const rest = 300;

/** Most resources of one kind that are shown. */
const mostOfAKind = 8;

/** Finds pages at once, and resources of every kind that the caller may list. */
export function GlobalSearch({ subjects }: { readonly subjects: readonly Subject[] }) {
  const t = useMessages(shell);
  const language = useLanguage();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const { hits, isSearching, hasFailed } = useHits(subjects, text.trim());

  const pages = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return subjects
      .flatMap(({ navigation = [] }) => navigation)
      .filter(({ text: names, service }) =>
        [...Object.values(names), navigationServices[service].en].some((name) => name.toLowerCase().includes(wanted)),
      );
  }, [subjects, text]);

  const options: AutosuggestProps.Options = [
    {
      label: t.pages,
      options: pages.map(({ to, text: names, service }) => ({
        value: to,
        label: names[language],
        description: navigationServices[service][language],
      })),
    },
    {
      label: t.resourcesFound,
      options: hits.map(({ to, name, kind }) => ({
        value: to,
        label: isolated(shortened(name, 120)),
        description: kind[language],
      })),
    },
  ].filter((group) => group.options.length > 0);

  return (
    <Autosuggest
      value={text}
      options={options}
      // What matches is decided here: a resource may match by what its label does not show.
      filteringType="manual"
      placeholder={t.search}
      ariaLabel={t.searchHint}
      statusType={isSearching ? "loading" : hasFailed ? "error" : "finished"}
      loadingText={t.searching}
      errorText={t.searchFailed}
      empty={t.noHits}
      onChange={({ detail }) => setText(detail.value.startsWith("/") ? "" : detail.value)}
      onSelect={({ detail }) => {
        if (!detail.selectedOption) return;
        setText("");
        void navigate(detail.value);
      }}
    />
  );
}

function useHits(subjects: readonly Subject[], text: string) {
  const api = useApi();
  const [found, setFound] = useState<{
    readonly text: string;
    readonly hits: readonly Hit[];
    readonly isSearching: boolean;
    readonly hasFailed: boolean;
  }>({
    text: "",
    hits: [],
    isSearching: false,
    hasFailed: false,
  });
  useEffect(() => {
    if (text.length < 2) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      setFound({ text, hits: [], isSearching: true, hasFailed: false });
      await Promise.all(
        subjects.map(async ({ search }) => {
          if (!search) return;
          // Who may not list a kind of resource finds none of it.
          const hits = await search()
            .then((module) => module.search(text, api, { signal: abort.signal }))
            .catch(ifDenied([]))
            .catch(() => undefined);
          if (abort.signal.aborted) return;
          if (!hits) setFound((current) => ({ ...current, hasFailed: true }));
          if (!hits || hits.length === 0) return;
          setFound((current) => ({ ...current, hits: [...current.hits, ...hits.slice(0, mostOfAKind)] }));
        }),
      );
      if (!abort.signal.aborted) setFound((current) => ({ ...current, isSearching: false }));
    }, rest);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [subjects, text, api]);
  return found.text === text ? found : { hits: [], isSearching: text.length >= 2, hasFailed: false };
}
