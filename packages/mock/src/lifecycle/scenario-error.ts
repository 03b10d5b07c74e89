/** A scenario or a fault was set up that cannot be played. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly code = "ERR_MOCK_SCENARIO";
}
