/** `npm run fuzz [-- --runs N --seed S]`: fuzzes every decoder; the seed is printed, so that a failure can be repeated. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now() % 1e6) } } });
process.stdout.write(`fuzz: ${values.runs} runs, seed ${values.seed}\n`);
const { opened, refused } = fuzz(Number(values.seed), Number(values.runs));
process.stdout.write(`opened ${opened}, refused with a reason ${refused}, nothing else\n`);
