// @ts-check
// Node, Bun and Deno: the configuration is the argument, the results are the output.
import { runSmoke } from "./run-smoke.mjs";

process.stdout.write(JSON.stringify(await runSmoke(JSON.parse(process.argv[2] ?? ""))));
