import type { Command } from "commander";

/** Prints a script that completes commands and flags in a shell, made from the commands that there are. */
export function completion(shell: string, program: Command): void {
  const words = new Map<string, readonly string[]>();
  collect(program, "", words);
  process.stdout.write(scriptOf(shell, words, valued(program)));
}

/** Flags that a value follows, of whatever command. */
function valued(command: Command): readonly string[] {
  const own = command.options.filter(({ required }) => required).map(({ long }) => long ?? "");
  return [...new Set([...own, ...command.commands.flatMap(valued)])];
}

/** The words that may follow each command: `""` for `sealift` itself, `"audit"`, `"audit export"`. */
function collect(command: Command, path: string, words: Map<string, readonly string[]>): void {
  const flags = command.options.map(({ long }) => long ?? "").filter((flag) => flag !== "");
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  words.set(path, [...command.commands.map((child) => child.name()), ...choices, ...flags, "--help"]);
  for (const child of command.commands) collect(child, `${path} ${child.name()}`.trim(), words);
}

function scriptOf(shell: string, words: ReadonlyMap<string, readonly string[]>, withValue: readonly string[]): string {
  switch (shell) {
    case "bash":
      return bash(words, withValue);
    case "zsh":
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(words, withValue)}`;
    default:
      return fish(words);
  }
}

function bash(words: ReadonlyMap<string, readonly string[]>, withValue: readonly string[]): string {
  const cases = [...words].map(([path, list]) => `    "${path}") words="${list.join(" ")}" ;;`);
  return `_sealift() {
  local path="" word words="" before="" valued=" ${withValue.join(" ")} "
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == [a-z]* && $valued != *" $before "* ]] && path="\${path:+$path }$word"
    before=$word
  done
  if [[ -n $before && $valued == *" $before "* ]]; then
    COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
    return
  fi
  while :; do
    case "$path" in
${cases.map((line) => `  ${line}`).join("\n")}
      *" "*) path="\${path% *}"; continue ;;
      *) words="" ;;
    esac
    break
  done
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _sealift sealift
`;
}

function fish(words: ReadonlyMap<string, readonly string[]>): string {
  const lines = [...words].flatMap(([path, list]) =>
    list.map((word) => {
      const parts = path === "" ? [] : path.split(" ");
      const condition =
        path === ""
          ? "__fish_use_subcommand"
          : parts.map((part) => `__fish_seen_subcommand_from ${part}`).join("; and ");
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c sealift -n '${condition}' ${what}`;
    }),
  );
  return `${lines.join("\n")}\n`;
}
