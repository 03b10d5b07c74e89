/** What a benchmark has shown. */
export interface Outcome {
  readonly missed: readonly string[];
  readonly alarms: readonly string[];
  readonly correctProviders: number;
  /** Of a run that is the only one. */
  readonly medianMs: number;
  readonly requests: number;
}

/** For the single log and for the list, random values and watching included. */
const maxRequests = 650;

/** What the kit promises and has not kept, as sentences. */
export function unmetGoals({
  missed,
  alarms,
  correctProviders,
  medianMs,
  requests,
}: Outcome): readonly string[] {
  return [
    ...missed.map((one) => `missed: ${one}`),
    ...alarms.map((one) => `false alarm: ${one}`),
    ...(correctProviders < 30 ? [`only ${correctProviders} correct providers, not 30`] : []),
    ...(medianMs >= 3000 ? [`a run takes ${medianMs} ms, not less than 3000`] : []),
    ...(requests > maxRequests
      ? [`a run sends ${requests} requests, not at most ${maxRequests}`]
      : []),
  ];
}
