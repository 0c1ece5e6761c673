import { items } from '../api/collections';
import { Refused, type BlockProperties } from '../api/registry';

/** The most undecided applications that are asked for at once. */
export const most = 10_000;

/** The undecided applications in the order of filing, for who decides them. */
class Cases {
  undecided = $state.raw<BlockProperties[]>([]);
  matched = $state(0);
  problem = $state('');
  busy = $state(false);

  async load(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const answer = await items('license-blocks', { filter: "status IN ('applied','queued')", 'filter-lang': 'cql2-text', limit: most });
      // Collections come sheet by sheet; the order of filing is the sequence, and nothing else.
      this.undecided = answer.features.map((feature) => feature.properties as unknown as BlockProperties).sort((a, b) => a.sequence - b.sequence);
      this.matched = answer.numberMatched;
      this.problem = '';
    } catch (fault) {
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    } finally {
      this.busy = false;
    }
  }
}

export const cases = new Cases();
