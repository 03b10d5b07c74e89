/** The style of the HTML report. */
export const htmlStyle: string = `
:root { color-scheme: light dark; --ground: #fafaf8; --text: #1c1c1a; --soft: #6b6b66; --line: #e2e1db; --card: #fff;
  --good: #1a7f4b; --bad: #b3261e; --warn: #9a6700; --code: #f2f1ec; }
@media (prefers-color-scheme: dark) { :root { --ground: #161715; --text: #ecebe6; --soft: #a3a29b; --line: #33342f; --card: #1e1f1c;
  --good: #57c98b; --bad: #ff8a80; --warn: #e3b341; --code: #262723; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; border-top: 6px solid var(--good); max-width: none; }
header > * { max-width: 1032px; margin-left: auto; margin-right: auto; }
header.violations { border-color: var(--bad); } header.not-judged { border-color: var(--warn); }
h1 { font-size: 34px; line-height: 1.15; margin-top: 4px; margin-bottom: 20px; letter-spacing: -0.02em; }
header.conforms h1 { color: var(--good); } header.violations h1 { color: var(--bad); } header.not-judged h1 { color: var(--warn); }
.spec { margin-bottom: 0; font-weight: 600; } .spec span, .run, .place, .note { color: var(--soft); font-weight: 400; }
.run, .note, .place { font-size: 13px; }
dl { display: flex; flex-wrap: wrap; gap: 12px 36px; padding: 16px 0; border-block: 1px solid var(--line); }
dl div { display: flex; flex-direction: column; } dd { margin: 0; font-size: 24px; font-variant-numeric: tabular-nums; } dt { color: var(--soft); font-size: 13px; }
h2 { font-size: 19px; margin: 40px 0 12px; } h3 { margin: 0; font: 600 15px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 6px; padding: 16px 20px; margin-bottom: 14px; }
article.warning { border-left-color: var(--warn); } article p { margin: 8px 0; } article .place { margin: 2px 0 10px; }
.badge { font: 600 11px/1 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .05em; color: var(--bad); margin-right: 6px; } .warning .badge { color: var(--warn); }
pre { background: var(--code); padding: 10px 12px; border-radius: 5px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 12.5px/1.5 ui-monospace, monospace; margin: 10px 0; }
code { font: 12.5px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; } td, th { padding: 8px 12px 8px 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.values td, .values th { border: 0; padding: 2px 14px 2px 0; overflow-wrap: anywhere; font-size: 14px; } .values th { color: var(--soft); font-weight: 400; width: 96px; white-space: nowrap; overflow-wrap: normal; }
.values td { font-family: ui-monospace, monospace; font-size: 13px; }
.chip { display: inline-block; font-size: 12.5px; border: 1px solid var(--line); border-radius: 10px; padding: 1px 9px; margin: 2px 0; white-space: nowrap; }
.chip.unseen, .chip.not-seen, .chip.skipped { color: var(--soft); border-style: dashed; } .chip.passed, .chip.holds { color: var(--good); }
.chip.failed, .chip.refuted { color: var(--bad); border-color: currentColor; } .chip.warned, .chip.not-judged { color: var(--warn); border-color: currentColor; }
.cases td { font-size: 14px; } .cases td:nth-child(2) { white-space: nowrap; } .cases .note { margin: 2px 0 0; }
summary { cursor: pointer; color: var(--soft); } main { padding-bottom: 64px; }
@media (max-width: 700px) { .cases td:nth-child(2) { white-space: normal; } dl { gap: 12px 24px; } }
`;
