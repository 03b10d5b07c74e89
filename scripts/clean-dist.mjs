// Empties the `dist` of the package it runs in: the compiler leaves behind what it once emitted, and that would be published.
import { rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
