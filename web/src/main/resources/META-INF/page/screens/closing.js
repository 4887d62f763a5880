import { html, nothing } from 'lit';
import { href } from '../address.js';
import { empty, meter, panel, removal, ruleView, shown } from '../parts.js';
import { count, number, percent } from '../text.js';

/// "Close one rule": what is won by it, exactly.

const SHOWN_MOST = 8;

function row(rules, lost, share, vmId) {
  return html`<li><div class="rank"><span>${rules.map(rule => ruleView(rule))}</span>
      <span class="figure"><b>${number(lost)}</b> <span class="muted">${percent(share * 1e6, 1e6)}</span></span></div>
    <div class="foot">${meter(share)}<a class="act" href=${href('what-if', { remove_rule: rules.map(removal), vm_id: vmId })}>What if</a></div></li>`;
}

function view(data, vmId) {
  if (!data.attackers) return empty('No VM can attack it, so there is nothing to close.');
  const single = data.rules.slice(0, SHOWN_MOST);
  const pairs = data.pairs.slice(0, single.length ? 1 : 3);
  return html`
    ${single.length
      ? html`<ol class="ranks">${single.map(one => row(one.rules, one.attackers_lost, one.share, vmId))}</ol>
        ${data.rules_total > single.length ? html`<p class="note">${count(data.rules_total - single.length, 'more rule')} would keep fewer out.</p>` : nothing}`
      : empty('No single rule helps: every attacker has another way in.')}
    ${pairs.length ? html`<h3>Two together</h3><ol class="ranks">${pairs.map(one =>
      row(one.candidates.flatMap(candidate => candidate.rules), one.attackers_lost, one.share, vmId))}</ol>` : nothing}
    ${data.truncated ? html`<p class="note">The time limit was reached: better candidates may be missing. What is listed is exact.</p>` : nothing}`;
}

export function closing(call, vmId) {
  return panel('closing', 'Close one rule', shown(call, data => view(data, vmId), 6), {
    note: 'VMs that could no longer attack it', kind: 'closing'
  });
}
