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
      const rates = samples.map(({ ratePerSecond }) => ratePerSecond);
      const peak = Math.max(...rates);
      svg.toggleAttribute("hidden", peak === 0);
      const startMs = samples[0]?.atMs ?? sample.atMs;
      const spanMs = Math.max(1, sample.atMs - startMs);
      const points = samples.map(({ atMs, ratePerSecond }) => {
        const x = ((atMs - startMs) / spanMs) * width;
        const y = height - 3 - (ratePerSecond / Math.max(1, peak)) * (height - 8);
        return `${x.toFixed(1)} ${y.toFixed(1)}`;
      });
      const path = points.join(" L");
      const endX = samples.length > 1 ? width : 0;
      line.setAttribute("d", `M${path}`);
      area.setAttribute("d", `M0 ${height} L${path} L${endX} ${height} Z`);
      setText(
        title,
        `Rate over time: now ${Math.round(sample.ratePerSecond)}, at most ${Math.round(peak)} records a second`,
      );
    },
  };
}

function create<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[Name] {
  const created = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  return created;
}
