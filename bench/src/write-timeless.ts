// A part of `pnpm generate`: measures anew what of `RESULTS.md` is the same on every machine.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { resultsFile, withTimeless } from "./results-file.ts";

writeFileSync(resultsFile, await withTimeless(readFileSync(resultsFile, "utf8")));
execFileSync("oxfmt", [resultsFile]);
