import { html, nothing } from 'lit';
import { empty, left, rulesView, vmLink } from '../parts.js';
import { table } from '../tables.js';
import { count, number } from '../text.js';

/// Attack surfaces before and after: of what a change would do, and of what a load did.

/// How a number of attackers changes, by a sign and in words.
export function delta(before, after) {
  const by = after - before;
  return html`<span class=${by < 0 ? 'better' : by > 0 ? 'worse' : 'muted'}>${by === 0 ? 'no change' : `${by < 0 ? '▼' : '▲'} ${number(Math.abs(by))} ${by < 0 ? 'fewer' : 'more'}`}</span>`;
}

const through = cause => cause ? rulesView(cause.rules, cause.rule_count, 2) : nothing;

/// @param sort by which column, from the address
export function comparedSurfaces(all, sort) {
  const columns = [
    { title: 'VM', sort: 'vm', by: vm => vm.name ?? vm.vm_id, cell: vm => vmLink(vm.vm_id, vm.name) },
    { title: 'Attackers before', sort: 'before', by: vm => vm.attackers_before, number: true, cell: vm => number(vm.attackers_before) },
    { title: 'After', sort: 'now', by: vm => vm.attackers_after, number: true, cell: vm => number(vm.attackers_after) },
    { title: 'Change', sort: 'change', by: vm => Math.abs(vm.attackers_after - vm.attackers_before), number: true, cell: vm => delta(vm.attackers_before, vm.attackers_after) },
    { title: 'Through', cell: vm => html`${through(vm.lost_through)}${through(vm.gained_through)}` }
  ];
  return html`<p class="beforeafter"><span><b>${number(all.pairs_before)}</b> attacks between two VMs before</span> <span aria-hidden="true">→</span>
      <span><b>${all.pairs_after === null ? 'not known' : number(all.pairs_after)}</b> after</span>
      ${all.pairs_lost === undefined ? nothing : html`<span class="muted">${number(all.pairs_lost)} gone, ${number(all.pairs_gained)} new</span>`}</p>
    <p><span class="better">▼ ${count(all.shrunk_vms, 'VM')} better</span> · <span class="worse">▲ ${count(all.grown_vms, 'VM')} worse</span></p>
    ${all.truncated ? html`<p class="notice warn">The time limit was reached: ${count(all.vms_not_compared, 'VM')} were not compared.</p>` : nothing}
    ${all.worst.length ? table('VMs that changed most', columns, all.worst, { sort }) : empty('No attack surface changes.')}
    ${all.changed_vms > all.worst.length ? html`<p class="note">These are the ${number(all.worst.length)} that changed most of ${number(all.changed_vms)}.</p>` : nothing}`;
}

/// A list that is folded if it is long.
///
/// @param total of which there may be more than items
export function foldedList(title, total, items, open = false) {
  return total ? html`<details ?open=${open}><summary>${title} <b>${number(total)}</b></summary><ul class="near">${items}${left(total, items.length)}</ul></details>` : nothing;
}
