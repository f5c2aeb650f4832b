import { parseArgs } from 'node:util';
import { describeVerdict } from '../test/support/chaos/describe-verdict.ts';
import { problemsOf } from '../test/support/chaos/problems-of.ts';
import { runChaos } from '../test/support/chaos/run-chaos.ts';
import { tellStory } from '../test/support/chaos/tell-story.ts';

// Runs the chaos test with one seed after another until the time is up or a run fails:
//   npm run soak -- --minutes 30 --events 20000 --seed 100
// Or prints the story of one call or message of one run:
//   npm run soak -- --minutes 0 --events 20000 --seed 100 --tell call-243
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '10' },
    tell: { type: 'string' },
  },
});
const events = Number(values.events);
const minutes = Number(values.minutes);
const firstSeed = Number(values.seed);
if (![events, minutes, firstSeed].every((value) => Number.isFinite(value) && value >= 0) || events < 1) {
  process.stderr.write(
    'Usage: npm run soak -- [--events <number>] [--seed <number>] [--minutes <number>] [--tell <id>]\n',
  );
  process.exit(2);
}

const endMs = Date.now() + minutes * 60_000;
let seed = firstSeed;
do {
  const { verdict, facts } = await runChaos({ seed, events });
  process.stdout.write(`${describeVerdict(verdict)}\n`);
  if (values.tell !== undefined) process.stdout.write(`${tellStory(facts, values.tell)}\n`);
  const problems = problemsOf(verdict);
  if (problems.length > 0) {
    process.stdout.write(
      `${problems.join('\n')}\nReproduce it with --seed ${seed} --events ${events} --minutes 0\n`,
    );
    process.exit(1);
  }
  seed += 1;
} while (Date.now() < endMs);
