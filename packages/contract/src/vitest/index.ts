export type { ContractSuiteOptions } from "./contract-suite.ts";
export { contractSuite } from "./contract-suite.ts";
export type { ContractMatchers, SatisfyContractOptions } from "./to-satisfy-contract.ts";
export { toSatisfyContract } from "./to-satisfy-contract.ts";
