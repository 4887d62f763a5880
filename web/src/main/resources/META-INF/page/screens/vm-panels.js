import { html, nothing } from 'lit';
import { href, withChanges } from '../address.js';
import { empty, meter, panel, realRule, removal, ruleView, shown, tagChip, vmLink } from '../parts.js';
import { titleOf } from '../picture/draw.js';
import { count, hops, number, percent, plain } from '../text.js';

/// What stands beside the picture of a VM: what is picked in it, and what is won by closing a rule.

const RULES_MOST = 12;

function edges(title, found, otherEnd, nameOf, vmId) {
  if (!found.length) return nothing;
  return html`<h3>${title}</h3><ul class="edges">${found.slice(0, RULES_MOST).map(edge => html`<li>
    <p class="end"><bdi>${plain(nameOf(edge[otherEnd]), 60)}</bdi> <span class="muted">${edge.vms ? count(edge.vms, 'VM') : ''}</span></p>
    ${edge.rules.slice(0, 4).map(rule => html`<div class="with-act">${ruleView(rule)}
      <a class="act" href=${href('what-if', { remove_rule: removal(rule), vm_id: vmId })}>What if</a></div>`)}
    ${edge.rule_count > 4 ? html`<p class="muted">and ${number(edge.rule_count - Math.min(4, edge.rules.length))} more rules</p>` : nothing}</li>`)}
    ${found.length > RULES_MOST ? html`<li class="muted">and ${number(found.length - RULES_MOST)} more groups</li>` : nothing}</ul>`;
}

/// The panel of what is picked in the picture.
///
/// @param card picked
/// @param picture its layout
/// @param context `{ surface, names, vmId, close }`
export function groupPanel(card, picture, { surface, names, vmId, close }) {
  const inwards = surface.direction === 'in';
  const nameOf = id => {
    if (id === 'vm') return surface.name ?? surface.vm_id;
    for (const column of picture.columns) {
      const found = column.cards.find(one => one.id === id);
      if (found) return titleOf(found, names);
    }
    return id;
  };
  const out = picture.ribbons.filter(ribbon => ribbon.from === card.id);
  const into = picture.ribbons.filter(ribbon => ribbon.to === card.id);
  const path = id => inwards ? href('path', { from: id, to: vmId }) : href('path', { from: vmId, to: id });
  const content = html`<div class="body">
    ${card.tag === undefined ? nothing : html`<p>${tagChip(card.tag)}</p>`}
    <p><b>${card.outside && !card.vms ? 'Addresses outside' : count(card.vms, 'VM')}</b>, ${hops(card.hop)} away.
      ${card.carrying > card.vms ? html`<span class="muted">${number(card.carrying)} carry the tag there; the others are counted in other groups.</span>` : nothing}</p>
    ${card.sample.length ? html`<ul class="samples">${card.sample.map(id => html`<li>${vmLink(id, names.get(id))} <span><a class="act" href=${
        withChanges({ lit: id, pick: null })}>Light</a> · <a class="act" href=${path(id)}>Path</a></span></li>`)}
      ${card.vms > card.sample.length ? html`<li class="muted">and ${number(card.vms - card.sample.length)} more <a href=${
        withChanges({ group: card.id, table: null, after: null, row: null })}>List them</a></li>` : nothing}</ul>` : nothing}
    ${edges('Lets them on', out, 'to', nameOf, vmId)}
    ${edges('Lets others in', into, 'from', nameOf, vmId)}
  </div>`;
  return panel('picked', html`<bdi>${plain(titleOf(card, names), 80)}</bdi>`, content, {
    kind: 'picked', tools: html`<button type="button" class="plain" aria-label="Close the panel" @click=${close}>✕</button>`
  });
}

const CLOSING_MOST = 8;

function closed(words, removed, lost, share, vmId) {
  return html`<li><div class="rank"><span>${words}</span>
      <span class="figure"><b>${number(lost)}</b> <span class="muted">${percent(share * 1e6, 1e6)}</span></span></div>
    <div class="foot">${meter(share)}<a class="act" href=${href('what-if', { remove_rule: removed, vm_id: vmId })}>What if</a></div></li>`;
}

const between = (rules, one, vmId) => closed(rules.map((rule, at) => html`${at ? ' and ' : nothing}${ruleView(rule)}`), rules.map(removal), one.attackers_lost, one.share, vmId);

/// Rules of the export itself, which are the ones that somebody can change.
const real = (one, vmId) => closed(html`${realRule(one.rule)}${one.cuts_internet ? html` <span class="badge outside">cuts off the internet</span>` : nothing}${
  one.lower_bound ? html` <span class="badge">at least</span>` : nothing}`, [one.rule.id], one.attackers_lost, one.share, vmId);

function closings(data, vmId) {
  if (!data.attackers) return empty('No VM can attack it, so there is nothing to close.');
  const single = data.rules.slice(0, CLOSING_MOST);
  const pairs = data.pairs.slice(0, single.length ? 1 : 3);
  return html`
    ${data.real_rules?.length ? html`<ol class="ranks">${data.real_rules.slice(0, CLOSING_MOST).map(one => real(one, vmId))}</ol><h3>Rules between tags</h3>` : nothing}
    ${single.length
      ? html`<ol class="ranks">${single.map(one => between(one.rules, one, vmId))}</ol>
        ${data.rules_total > single.length ? html`<p class="note">${count(data.rules_total - single.length, 'more rule')} would keep fewer out.</p>` : nothing}`
      : empty('No single rule helps: every attacker has another way in.')}
    ${pairs.length ? html`<h3>Two together</h3><ol class="ranks">${pairs.map(one =>
      between(one.candidates.flatMap(candidate => candidate.rules), one, vmId))}</ol>` : nothing}
    ${data.truncated ? html`<p class="note">The time limit was reached: better candidates may be missing. What is listed is exact.</p>` : nothing}`;
}

/// "Close one rule": what is won by it, exactly.
export function closing(call, vmId) {
  return panel('closing', 'Close one rule', shown(call, data => closings(data, vmId), 6), {
    note: 'VMs that could no longer attack it', kind: 'closing'
  });
}
