import { useUrlText } from '../../views/url/use-url-text';
import { ComparedCohorts } from './ComparedCohorts';
import { ComparedTraces } from './ComparedTraces';

/** Two traces where the address names them (`a`, `b`), otherwise many: slow against usual, failed against fine, before against now. */
export function ComparePage() {
  const [a] = useUrlText('a');
  const [b] = useUrlText('b');
  return a || b ? <ComparedTraces a={a} b={b} /> : <ComparedCohorts />;
}
