export type { LoadDocumentOptions, OpenApiDocument } from "@qontext/sync-log-document";
export { loadDocument, openDocument } from "@qontext/sync-log-document";
export { specSha256, specVersion } from "./face.ts";
export type { CouldNotJudgeCode } from "./could-not-judge-error.ts";
export { CouldNotJudgeError } from "./could-not-judge-error.ts";
export type {
  AssumptionOutcome,
  CaseOutcome,
  CaseResult,
  Coverage,
  Report,
  Verdict,
  Violation,
} from "./report/report.ts";
export type { VerifyOptions } from "./face.ts";
export { htmlReport } from "./report/html-report.ts";
export { junitReport } from "./report/junit-report.ts";
export { terminalReport } from "./report/terminal-report.ts";
export { verify } from "./run/verify.ts";
export type { GivenParameters, JudgingOptions, Progress, RunOptions } from "./run/run-options.ts";
export type { HarOptions } from "./traffic/judge-har.ts";
export { judgeHar } from "./traffic/judge-har.ts";
export type { HarFile } from "./traffic/read-har.ts";
export type { ProxyOptions, RunningProxy } from "./traffic/start-proxy.ts";
export { startProxy } from "./traffic/start-proxy.ts";
export type { TrafficOptions } from "./traffic/traffic-run.ts";
