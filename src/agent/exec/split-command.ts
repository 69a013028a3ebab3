/**
 * The words of a command line, as AWS's SSM agent splits the command of ExecuteCommand in a container: with the quotes and the
 * backslashes of a shell, and without its variables and operators. Throws where a quote is not closed.
 */
export function splitCommand(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: "'" | '"' | undefined;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if (character === "\\" && quote !== "'") {
      index++;
      if (index === line.length) throw new Error("The command ends in a backslash");
      word = (word ?? "") + line.charAt(index);
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? "") + character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "#" && word === undefined) {
      // A comment, up to the end of its line.
      const end = line.indexOf("\n", index);
      index = end < 0 ? line.length : end;
    } else word = (word ?? "") + character;
  }
  if (quote !== undefined) throw new Error("A quote in the command is not closed");
  if (word !== undefined) words.push(word);
  return words;
}
