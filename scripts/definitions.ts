/** Plays the corpus of task definitions on the tests' Docker Engine, and writes docs/definitions.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { playedPage } from "../test/definitions/play/played-page.ts";

writeFileSync(join(import.meta.dirname, "../docs/definitions.md"), await playedPage());
