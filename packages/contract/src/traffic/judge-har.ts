import type { Report } from "../report/report.ts";
import { readHar } from "./read-har.ts";
import type { TrafficOptions } from "./traffic-run.ts";
import { TrafficRun } from "./traffic-run.ts";

/**
 * Judges recorded traffic with the same checks, except those of raw bytes, which a recording does not have.
 *
 * @param files - The text of each HAR file, with a name for it.
 * @throws {@link CouldNotJudgeError} if a file is not a HAR file, or the spec does not compile.
 */
export async function judgeHar(
  files: readonly { readonly name: string; readonly text: string }[],
  options: TrafficOptions = {},
): Promise<Report> {
  const contents = files.map(({ name, text }) => readHar(text, name));
  const exchanges = contents.flatMap((content) => content.exchanges);
  const provider = new URL(exchanges[0]?.origin.origin ?? "http://recorded.invalid");
  const run = new TrafficRun(provider, options);
  for (const { exchange } of exchanges.toSorted(
    (left, right) => left.exchange.startedAtMs - right.exchange.startedAtMs,
  )) {
    await run.add(exchange, "recording", {});
  }
  for (const reason of contents.flatMap((content) => content.unreadable)) run.addNotJudged(reason);
  return run.toReport();
}
