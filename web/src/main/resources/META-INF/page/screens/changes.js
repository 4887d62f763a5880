import { html, nothing } from 'lit';
import { Call } from '../api.js';
import { empty, panel, ruleView, shown, vmLink } from '../parts.js';
import { downloads } from '../tables.js';
import { count, plain } from '../text.js';
import { comparedSurfaces, foldedList } from './compared.js';
import { Screen } from './screen.js';

/// What the last reload changed.

const LISTED = 20;

export class ChangesScreen extends Screen {
  #changes = new Call(this);

  willUpdate() {
    this.#changes.ask('changes', { limit: LISTED, ...this.filters }, { epoch: this.epoch });
  }

  updated() {
    this.title('Changes');
  }

  #lists({ vms, rules, tags }) {
    const list = (title, total, items) => foldedList(title, total, items, total <= LISTED);
    const found = [
      list('Rules added:', rules.added_count, rules.added.map(rule => html`<li>${ruleView(rule)}</li>`)),
      list('Rules gone:', rules.removed_count, rules.removed.map(rule => html`<li>${ruleView(rule, { link: false })}</li>`)),
      list('VMs added:', vms.added_count, vms.added.map(id => html`<li>${vmLink(id)}</li>`)),
      list('VMs gone:', vms.removed_count, vms.removed.map(id => html`<li><bdi>${plain(id, 80)}</bdi></li>`)),
      list('VMs with other tags:', vms.retagged_count, vms.retagged.map(vm => html`<li>${vmLink(vm.vm_id, vm.name)} <span class="muted">${vm.added_tags.map(tag => `+ ${plain(tag, 40)}`).join(' ')} ${vm.removed_tags.map(tag => `− ${plain(tag, 40)}`).join(' ')}</span></li>`)),
      list('VMs renamed:', vms.renamed_count, vms.renamed.map(vm => html`<li>${vmLink(vm.vm_id, vm.name)} <span class="muted">was ${plain(vm.name_before ?? 'without a name', 60)}</span></li>`)),
      list('Tags added:', tags.added_count, tags.added.map(tag => html`<li><bdi>${plain(tag, 60)}</bdi></li>`)),
      list('Tags gone:', tags.removed_count, tags.removed.map(tag => html`<li><bdi>${plain(tag, 60)}</bdi></li>`))
    ].filter(one => one !== nothing);
    return found.length ? html`<div class="body lists">${found}</div>` : empty('VMs, tags and rules are the same.');
  }

  #versions({ before, after }) {
    const line = (title, one) => html`<li><span class="muted">${title}</span> <code>${one.name.slice(0, 12)}</code> ${count(one.vm_count, 'VM')}, ${count(one.rule_count, 'rule')}, ${count(one.tag_count, 'tag')}</li>`;
    return html`<ul class="versions">${line('before', before)}${line('now', after)}</ul>`;
  }

  render() {
    if (this.#changes.error?.kind === 'nothing-before') {
      return html`<h1 tabindex="-1">Changes</h1>${empty('What is served is the first environment that was loaded. After the next load, its changes are here.')}`;
    }
    return html`<div class="title"><h1 tabindex="-1">Changes</h1></div>
      ${this.#changes.data ? this.#versions(this.#changes.data) : nothing}
      ${panel('surfaces', 'Attack surfaces', shown(this.#changes, data => comparedSurfaces(data.surfaces, this.get('sort')), 8), { kind: 'list', tools: downloads('changes', this.filters, 'changes') })}
      ${this.#changes.data ? panel('differences', 'VMs, tags and rules', this.#lists(this.#changes.data)) : nothing}`;
  }
}

customElements.define('scan-changes', ChangesScreen);
