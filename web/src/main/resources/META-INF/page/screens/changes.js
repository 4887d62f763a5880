import { html, nothing } from 'lit';
import { Call } from '../call.js';
import { empty, panel, ruleView, rulesView, shown, vmLink } from '../parts.js';
import { downloads, table } from '../tables.js';
import { count, number, plain } from '../text.js';
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
    const list = (title, total, items) => total ? html`<details ?open=${total <= LISTED}><summary>${title} <b>${number(total)}</b></summary>
      <ul class="near">${items}${total > items.length ? html`<li class="muted">and ${number(total - items.length)} more</li>` : nothing}</ul></details>` : nothing;
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

  #surfaces(surfaces) {
    const delta = vm => vm.attackers_after > vm.attackers_before ? html`<span class="worse">▲ ${number(vm.gained)} new${vm.lost ? `, ${number(vm.lost)} gone` : ''}</span>` : html`<span class="better">▼ ${number(vm.lost)} gone${vm.gained ? `, ${number(vm.gained)} new` : ''}</span>`;
    const columns = [
      { title: 'VM', cell: vm => vmLink(vm.vm_id, vm.name) },
      { title: 'Attackers before', number: true, cell: vm => number(vm.attackers_before) },
      { title: 'After', number: true, cell: vm => number(vm.attackers_after) },
      { title: 'Change', number: true, cell: delta },
      { title: 'Through', cell: vm => html`${vm.gained_through ? rulesView(vm.gained_through.rules, vm.gained_through.rule_count, 2) : nothing}${vm.lost_through ? rulesView(vm.lost_through.rules, vm.lost_through.rule_count, 2) : nothing}` }
    ];
    return html`<p class="beforeafter"><span><b>${number(surfaces.pairs_before)}</b> attacks between two VMs before</span> <span aria-hidden="true">→</span>
        <span><b>${surfaces.pairs_after === null ? 'not known' : number(surfaces.pairs_after)}</b> after</span></p>
      <p><span class="worse">▲ ${count(surfaces.grown_vms, 'VM')} worse</span> · <span class="better">▼ ${count(surfaces.shrunk_vms, 'VM')} better</span></p>
      ${surfaces.truncated ? html`<p class="notice warn">The time limit was reached: ${count(surfaces.vms_not_compared, 'VM')} were not compared.</p>` : nothing}
      ${surfaces.worst.length ? table('VMs that changed most', columns, surfaces.worst) : empty('No attack surface changed.')}
      ${surfaces.changed_vms > surfaces.worst.length ? html`<p class="note">These are the ${number(surfaces.worst.length)} that changed most of ${number(surfaces.changed_vms)}.</p>` : nothing}`;
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
      ${panel('surfaces', 'Attack surfaces', shown(this.#changes, data => this.#surfaces(data.surfaces), 8), { kind: 'list', tools: downloads('changes', this.filters, 'changes') })}
      ${this.#changes.data ? panel('differences', 'VMs, tags and rules', this.#lists(this.#changes.data)) : nothing}`;
  }
}

customElements.define('scan-changes', ChangesScreen);
