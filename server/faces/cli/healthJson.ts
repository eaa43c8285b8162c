import { advice, type HealthView, unjudged } from './healthView.ts';

export const healthJson = (view: HealthView): object => {
  const { verdict, maskedUrl, seconds, checks } = view;
  return {
    broker: maskedUrl,
    level: verdict.level,
    state: verdict.state,
    reasons: verdict.reasons,
    advice: advice(view).map(({ id, sentence, recommendation }) => ({ alertId: id, sentence, recommendation })),
    listenedSeconds: seconds,
    checks,
    notJudged: unjudged(view).map(({ rule }) => rule),
  };
};
