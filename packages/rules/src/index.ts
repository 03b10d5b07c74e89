export type { RuleBook } from "./collect-rules.ts";
export { collectRules } from "./collect-rules.ts";
export { compileInvariants } from "./compile-invariants.ts";
export type {
  CompiledInvariant,
  CompiledInvariants,
  Invariant,
  InvariantReport,
  InvariantViolation,
  RuleBindings,
  Severity,
} from "./invariant.ts";
export type { Lifecycle } from "./lifecycle.ts";
export {
  canFollow,
  isTerminalStatus,
  LifecycleError,
  nextStatuses,
  pathTo,
  statusesOf,
} from "./lifecycle.ts";
export type { ResponseReport, ResponseRules, ResponseViolation } from "./response-rules.ts";
export type { RuleBookErrorCode } from "./rule-book-error.ts";
export { RuleBookError } from "./rule-book-error.ts";
export type { RuleCompileErrorCode } from "./rule-compile-error.ts";
export { RuleCompileError } from "./rule-compile-error.ts";
export type { FieldReference, TextComparison } from "./rule-references.ts";
export type { RuleSite } from "./rule-sites.ts";
export type { SiteStep } from "./schema-parts.ts";
export { eachMember } from "./schema-parts.ts";
