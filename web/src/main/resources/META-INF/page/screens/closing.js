import { html, nothing } from 'lit';
import { href } from '../address.js';
import { empty, meter, panel, realRule, removal, ruleView, shown } from '../parts.js';
import { count, number, percent } from '../text.js';

/// "Close one rule": what is won by it, exactly.

const SHOWN_MOST = 8;

function row(words, removed, lost, share, vmId) {
  return html`<li><div class="rank"><span>${words}</span>
      <span class="figure"><b>${number(lost)}</b> <span class="muted">${percent(share * 1e6, 1e6)}</span></span></div>
    <div class="foot">${meter(share)}<a class="act" href=${href('what-if', { remove_rule: removed, vm_id: vmId })}>What if</a></div></li>`;
}

const between = (rules, one, vmId) => row(rules.map(rule => ruleView(rule)), rules.map(removal), one.attackers_lost, one.share, vmId);

/// Rules of the export itself, which are the ones that somebody can change.
const real = (one, vmId) => row(html`${realRule(one.rule)}${one.cuts_internet ? html` <span class="badge outside">cuts off the internet</span>` : nothing}${
  one.lower_bound ? html` <span class="badge">at least</span>` : nothing}`, [one.rule.id], one.attackers_lost, one.share, vmId);

function view(data, vmId) {
  if (!data.attackers) return empty('No VM can attack it, so there is nothing to close.');
  const single = data.rules.slice(0, SHOWN_MOST);
  const pairs = data.pairs.slice(0, single.length ? 1 : 3);
  return html`
    ${data.real_rules?.length ? html`<ol class="ranks">${data.real_rules.slice(0, SHOWN_MOST).map(one => real(one, vmId))}</ol><h3>Rules between tags</h3>` : nothing}
    ${single.length
      ? html`<ol class="ranks">${single.map(one => between(one.rules, one, vmId))}</ol>
        ${data.rules_total > single.length ? html`<p class="note">${count(data.rules_total - single.length, 'more rule')} would keep fewer out.</p>` : nothing}`
      : empty('No single rule helps: every attacker has another way in.')}
    ${pairs.length ? html`<h3>Two together</h3><ol class="ranks">${pairs.map(one =>
      between(one.candidates.flatMap(candidate => candidate.rules), one, vmId))}</ol>` : nothing}
    ${data.truncated ? html`<p class="note">The time limit was reached: better candidates may be missing. What is listed is exact.</p>` : nothing}`;
}

export function closing(call, vmId) {
  return panel('closing', 'Close one rule', shown(call, data => view(data, vmId), 6), {
    note: 'VMs that could no longer attack it', kind: 'closing'
  });
}
