/** What a terminal showed, and from when on; the colors are escape sequences. */
export interface Frame {
  readonly atMs: number;
  readonly lines: readonly string[];
}

export interface Theme {
  readonly background: string;
  readonly foreground: string;
  /** By the parameter of the escape sequence that asks for it. */
  readonly colors: Readonly<Record<string, string>>;
}

/** A row of the picture, from one frame to the next in which it differs. */
interface Segment {
  readonly row: number;
  readonly line: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const cell = { width: 8.4, height: 20, baseline: 15 } as const;
const margin = 16;
const lastFrameMs = 4000;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function segmentsOf(frames: readonly Frame[], endMs: number): readonly Segment[] {
  const rows = Math.max(...frames.map(({ lines }) => lines.length));
  return Array.from({ length: rows }, (_, row) => {
    const changes = frames.filter(
      ({ lines }, index) => index === 0 || lines[row] !== frames[index - 1]?.lines[row],
    );
    return changes.map(({ atMs, lines }, index) => ({
      row,
      line: lines[row] ?? "",
      fromMs: atMs,
      toMs: changes[index + 1]?.atMs ?? endMs,
    }));
  })
    .flat()
    .filter(({ line }) => line !== "");
}

interface Look {
  readonly color?: string;
  readonly isBold?: boolean;
}

/** How text looks after an escape sequence of colors. */
function lookAfter(look: Look, sequence: string, { colors }: Theme): Look {
  return (sequence || "0").split(";").reduce((last: Look, code): Look => {
    const color = colors[code];
    if (code === "0") return {};
    if (code === "1") return { ...last, isBold: true };
    if (code === "39") return { isBold: last.isBold ?? false };
    // The background stays as it is.
    if (code === "49") return last;
    if (color === undefined) throw new Error(`No theme knows the escape sequence ${sequence}.`);
    return { ...last, color };
  }, look);
}

/** The runs of a line that look the same, as `tspan`s that keep to the columns whatever font there is. */
function drawn(line: string, theme: Theme): string {
  let column = 0;
  let look: Look = {};
  // oxlint-disable-next-line no-control-regex -- The escape sequences of colors begin with a control character.
  const parts = line.split(/\u001b\[([\d;]*)m/u);
  const runs = parts.map((part, index) => {
    if (index % 2 === 1) {
      look = lookAfter(look, part, theme);
      return "";
    }
    const text = part.trim();
    const from = column + part.length - part.trimStart().length;
    column += part.length;
    if (text === "") return "";
    const fill = look.color === undefined ? "" : ` fill="${look.color}"`;
    const weight = look.isBold === true ? ` font-weight="bold"` : "";
    const x = (margin + from * cell.width).toFixed(1);
    const width = (text.length * cell.width).toFixed(1);
    return `<tspan x="${x}" textLength="${width}"${fill}${weight}>${escaped(text)}</tspan>`;
  });
  return runs.join("");
}

/**
 * A recording as an SVG that moves by CSS alone: GitHub shows it, where no script runs. Whoever asks for less motion sees the
 * last frame.
 */
export function renderRecording(
  frames: readonly Frame[],
  { columns, rows, title, theme }: { columns: number; rows: number; title: string; theme: Theme },
): string {
  const endMs = (frames.at(-1)?.atMs ?? 0) + lastFrameMs;
  const spans = new Map<string, Segment[]>();
  for (const segment of segmentsOf(frames, endMs)) {
    const span = `${segment.fromMs} ${segment.toMs}`;
    spans.set(span, [...(spans.get(span) ?? []), segment]);
  }
  const percent = (ms: number): string => `${((ms / endMs) * 100).toFixed(2)}%`;
  const styles: string[] = [];
  const groups: string[] = [];
  for (const [name, segments] of [...spans.values()].map(
    (of, index) => [`s${index}`, of] as const,
  )) {
    const { fromMs = 0, toMs = 0 } = segments[0] ?? {};
    const isLast = toMs === endMs;
    const before = fromMs === 0 ? "" : "0%{visibility:hidden}";
    const after = isLast ? "" : `${percent(toMs)}{visibility:hidden}`;
    styles.push(
      `.${name}{${isLast ? "" : "visibility:hidden;"}animation:${name} ${endMs}ms step-end infinite}`,
      `@keyframes ${name}{${before}${percent(fromMs)}${isLast ? ",to" : ""}{visibility:visible}${after}}`,
    );
    const texts = segments.map(
      ({ row, line }) =>
        `<text y="${margin + row * cell.height + cell.baseline}">${drawn(line, theme)}</text>`,
    );
    groups.push(`<g class="${name}">${texts.join("")}</g>`);
  }
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = rows * cell.height + 2 * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>text{white-space:pre;fill:${theme.foreground};font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-reduced-motion:reduce){g{animation:none!important}}
${styles.join("\n")}</style>
<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>
${groups.join("\n")}
</svg>
`;
}
