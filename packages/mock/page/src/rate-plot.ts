import { setText } from "./element.ts";

/** The rate at one moment. */
export interface RateSample {
  readonly atMs: number;
  readonly ratePerSecond: number;
}

/** A small plot of the rate over time. */
export interface RatePlot {
  readonly element: SVGSVGElement;
  add(sample: RateSample): void;
}

const width = 240;
const height = 44;
const maxSamples = 240;
const namespace = "http://www.w3.org/2000/svg";

/** Creates an empty plot. */
export function createRatePlot(): RatePlot {
  const svg = create("svg", {
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
    class: "plot",
    role: "img",
  });
  const title = create("title", {});
  const area = create("path", { class: "plot-area" });
  const line = create("path", { class: "plot-line", "vector-effect": "non-scaling-stroke" });
  svg.append(title, area, line);
  setText(title, "No rate yet");
  // An empty plot would only take up space.
  svg.toggleAttribute("hidden", true);
  let samples: readonly RateSample[] = [];
  return {
    element: svg,
    add(sample) {
      samples = [...samples, sample].slice(-maxSamples);
      svg.toggleAttribute(
        "hidden",
        samples.every(({ ratePerSecond }) => ratePerSecond === 0),
      );
      const points = toPoints(samples);
      const path = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" L");
      const [first] = points;
      const last = points.at(-1);
      if (first === undefined || last === undefined) return;
      line.setAttribute("d", `M${path}`);
      area.setAttribute("d", `M${first[0]} ${height} L${path} L${last[0]} ${height} Z`);
      const peak = Math.max(...samples.map(({ ratePerSecond }) => ratePerSecond));
      setText(
        title,
        `Rate over time: now ${Math.round(sample.ratePerSecond)}, at most ${Math.round(peak)} records a second`,
      );
    },
  };
}

function toPoints(samples: readonly RateSample[]): readonly (readonly [number, number])[] {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return [];
  const spanMs = Math.max(1, last.atMs - first.atMs);
  const peak = Math.max(1, ...samples.map(({ ratePerSecond }) => ratePerSecond));
  return samples.map(({ atMs, ratePerSecond }) => [
    ((atMs - first.atMs) / spanMs) * width,
    height - 3 - (ratePerSecond / peak) * (height - 8),
  ]);
}

function create<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const created = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  return created;
}
