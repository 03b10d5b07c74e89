import type { Report } from "../report/report.ts";
import { readHttpUrl } from "../run/prepare-run.ts";
import type { HarFile, RecordedExchange } from "./read-har.ts";
import { readHar } from "./read-har.ts";
import { headerValue } from "../wire/wire-request.ts";
import type { TrafficOptions, TrafficPlace } from "./traffic-run.ts";
import { TrafficRun } from "./traffic-run.ts";

/** How recorded traffic is judged. */
export interface HarOptions extends TrafficOptions {
  /**
   * Where the providers are, each with the path that its operations are below, if any. Nothing else that was recorded is judged.
   *
   * @default the origins to which a credential was sent, with any path before that of the operation; all, if it was sent to none
   */
  readonly baseUrls?: readonly string[] | undefined;
}

/**
 * Judges recorded traffic with the same checks, except those of raw bytes, which a recording does not have.
 *
 * @throws CouldNotJudgeError if a file is not a HAR file, or the spec does not compile.
 */
export async function judgeHar(
  files: readonly HarFile[],
  options: HarOptions = {},
): Promise<Report> {
  const contents = await Promise.all(files.map(readHar));
  const places = options.baseUrls?.map((text) => readHttpUrl("--base-url", text));
  const exchanges = contents
    .flatMap((content) => content.exchanges)
    .toSorted((left, right) => left.exchange.startedAtMs - right.exchange.startedAtMs);
  const [first] = places ?? exchanges.map(({ url }) => url);
  const run = new TrafficRun(new URL(first?.origin ?? "http://recorded.invalid"), options);
  for (const { exchange, problem, place } of placesOf(exchanges, places, run)) {
    if (problem === undefined) await run.add(exchange, "recording", place);
    else run.addNotJudged(problem);
  }
  for (const reason of contents.flatMap((content) => content.unreadable)) run.addNotJudged(reason);
  return run.toReport();
}

interface PlacedExchange extends RecordedExchange {
  readonly place: TrafficPlace;
}

/** The exchanges of operations, with where the provider is. */
function placesOf(
  exchanges: readonly RecordedExchange[],
  places: readonly URL[] | undefined,
  run: TrafficRun,
): readonly PlacedExchange[] {
  const placed = exchanges.flatMap((recorded): PlacedExchange[] => {
    const { url, exchange } = recorded;
    const given = places?.map(placeOf).find((place) => run.hasOperation(exchange.request, place));
    if (places !== undefined)
      return given?.origin === url.origin ? [{ ...recorded, place: given }] : [];
    const basePath = run.basePathOf(exchange.request);
    return basePath === undefined ? [] : [{ ...recorded, place: { origin: url.origin, basePath } }];
  });
  if (places !== undefined) return placed;
  const isKeyed = ({ exchange }: RecordedExchange): boolean => run.hasCredential(exchange.request);
  const keyed = new Set(placed.filter(isKeyed).map(({ place }) => JSON.stringify(place)));
  return keyed.size === 0
    ? placed
    : placed.filter(
        (one) => keyed.has(JSON.stringify(one.place)) && (isKeyed(one) || !asksForPage(one)),
      );
}

function placeOf({ origin, pathname }: URL): TrafficPlace {
  return { origin, basePath: pathname.replace(/\/+$/, "") };
}

/** Whether a browser asks for a page, which a single-page application has under the paths of its API, too. */
function asksForPage({ exchange }: RecordedExchange): boolean {
  return headerValue(exchange.request.headers, "accept")?.startsWith("text/html") === true;
}
