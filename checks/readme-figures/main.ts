// A part of `pnpm generate`: writes the figures that were measured last into the READMEs.
import { readFileSync, writeFileSync } from "node:fs";
import { measuredPages, withFigures } from "./figures.ts";

for (const file of measuredPages) writeFileSync(file, withFigures(readFileSync(file, "utf8")));
